import Engine
import Model
import Testing

@Suite("Store: links")
struct StoreLinkTests {
  @Test("every field of a link is kept, and taken back", arguments: StoreKind.allCases)
  func fields(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let object = try await store.write { try fixture.add(1, to: $0) }
      let empty = fixture.link(object)
      var full = empty
      full.remoteID = "a/b?c=\0'"
      full.state = .inflight
      full.phase = .userDeletes
      full.presence = .disabled
      full.desiredVersion = .max
      full.desired = .sample(object.guid, name: "wanted")
      full.sentVersion = .max - 1
      full.sent = .sample(object.guid, name: "sent")
      full.confirmed = .sample(object.guid, name: "confirmed")
      full.isUncertain = true
      full.attempts = 12
      full.notBefore = .at(.max)
      full.memberAttempts = 3
      full.membersNotBefore = .at(7)
      full.gate = .approved
      full.gateUntil = .at(8)
      full.lastError = "409 — \"uniqueness\"\0\n"
      full.leftAt = .at(-1)
      for record in [full, empty] {
        try await store.write { try $0.save(record) }
        let stored = try await store.read { try $0.link(record.object, record.configuration) }
        #expect(stored == record)
      }
    }
  }

  @Test(
    "a configuration has left traces once something is confirmed, in doubt or under way",
    arguments: StoreKind.allCases
  )
  func traces(_ kind: StoreKind) async throws {
    let changes: [(@Sendable (inout LinkRecord) -> Void, Bool)] = [
      ({ $0.state = .pending }, false), ({ $0.state = .inflight }, true), ({ $0.isUncertain = true }, true),
      ({ $0.confirmed = .sample($0.guid, name: "a") }, true),
    ]
    for (change, expected) in changes {
      try await kind.withStore { store in
        let fixture = try await StoreFixture(store)
        try await store.write { store in
          #expect(try !store.hasLeftTraces(fixture.configuration))
          var link = fixture.link(try fixture.add(1, to: store))
          change(&link)
          try store.save(link)
          #expect(try store.hasLeftTraces(fixture.configuration) == expected)
        }
      }
    }
  }

  @Test("which kinds a configuration has links of is known", arguments: StoreKind.allCases)
  func kindsLinked(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        #expect(try !store.hasLinks(of: .user, fixture.configuration))
        let link = fixture.link(try fixture.add(1, to: store))
        try store.save(link)
        for kind in ResourceKind.allCases {
          #expect(try store.hasLinks(of: kind, fixture.configuration) == (kind == link.kind))
        }
      }
    }
  }

  @Test("every state, phase, presence and kind is kept", arguments: StoreKind.allCases)
  func cases(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        for (number, phase) in ExportPhase.allCases.enumerated() {
          let kind = ResourceKind.allCases[number % ResourceKind.allCases.count]
          var link = fixture.link(try fixture.add(number, to: store), kind)
          link.phase = phase
          link.state = LinkRecord.State(rawValue: number % 4) ?? .idle
          link.presence = LinkRecord.Presence(rawValue: number % 4 + 1) ?? .absent
          try store.save(link)
          #expect(try store.link(link.object, fixture.configuration) == link)
        }
      }
    }
  }

  @Test("a link belongs to one configuration and is gone when removed", arguments: StoreKind.allCases)
  func removal(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        var link = fixture.link(try fixture.add(1, to: store))
        link.state = .pending
        try store.save(link)
        #expect(try store.link(link.object, other) == nil)
        try store.removeLink(link.object, other)
        #expect(try store.link(link.object, fixture.configuration) == link)
        try store.removeLink(link.object, fixture.configuration)
        #expect(try store.link(link.object, fixture.configuration) == nil)
        #expect(try store.pendingLinks(fixture.configuration, phase: link.phase, at: .at(0), limit: 9).isEmpty)
      }
    }
  }

  @Test("a link needs a known object and a known configuration", arguments: StoreKind.allCases)
  func refusals(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let object = try await store.write { try fixture.add(1, to: $0) }
      for (id, configuration) in [(ObjectID(99), fixture.configuration), (object.id, ConfigurationID(99))] {
        await #expect(throws: (any Error).self) {
          let link = LinkRecord(object: id, configuration: configuration, guid: object.guid, kind: .user)
          try await store.write { try $0.save(link) }
        }
      }
    }
  }

  struct Eligibility: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let state: LinkRecord.State
    let notBefore: Int64?
    let isEligible: Bool

    init(_ description: String, _ state: LinkRecord.State, _ notBefore: Int64?, _ isEligible: Bool) {
      testDescription = description
      self.state = state
      self.notBefore = notBefore
      self.isEligible = isEligible
    }
  }

  @Test(
    "a link is eligible by its state and time, at 100",
    arguments: StoreKind.allCases,
    [
      Eligibility("pending", .pending, nil, true),
      Eligibility("pending, its pause over", .pending, 99, true),
      Eligibility("pending, its pause over just now", .pending, 100, true),
      Eligibility("pending, in a pause", .pending, 101, false),
      Eligibility("escrow without a date waits for a change", .escrow, nil, false),
      Eligibility("escrow, due", .escrow, 99, true),
      Eligibility("escrow, due just now", .escrow, 100, true),
      Eligibility("escrow, not due", .escrow, 101, false),
      Eligibility("inflight", .inflight, nil, false),
      Eligibility("inflight with a past date", .inflight, 99, false),
      Eligibility("idle", .idle, nil, false),
      Eligibility("idle with a past date", .idle, 99, false),
    ]
  )
  func eligibility(_ kind: StoreKind, _ row: Eligibility) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        var link = fixture.link(try fixture.add(1, to: store))
        link.state = row.state
        link.notBefore = row.notBefore.map(Timestamp.at)
        try store.save(link)
        let pending = try store.pendingLinks(fixture.configuration, phase: .users, at: .at(100), limit: 9)
        #expect(pending == (row.isEligible ? [link] : []))
        let inflight = try store.inflightLinks(fixture.configuration, limit: 9)
        #expect(inflight == (row.state == .inflight ? [link] : []))
      }
    }
  }

  @Test(
    "pending and inflight links come by object, per configuration and phase, up to the limit",
    arguments: StoreKind.allCases
  )
  func order(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        let objects = try (1...6).map { try fixture.add($0, to: store) }
        for object in objects.reversed() {
          var link = fixture.link(object)
          link.state = object == objects[5] ? .inflight : .pending
          link.phase = object == objects[4] ? .groups : .users
          try store.save(link)
        }
        var elsewhere = LinkRecord(object: objects[0].id, configuration: other, guid: objects[0].guid, kind: .user)
        elsewhere.state = .pending
        try store.save(elsewhere)
        let ids = objects.map(\.id)
        let pending = { (phase: ExportPhase, limit: Int) in
          try store.pendingLinks(fixture.configuration, phase: phase, at: .at(0), limit: limit).map(\.object)
        }
        #expect(try pending(.users, 9) == Array(ids[..<4]))
        #expect(try pending(.users, 2) == Array(ids[..<2]))
        #expect(try pending(.groups, 9) == [ids[4]])
        #expect(try pending(.withdrawals, 9).isEmpty)
        #expect(try store.inflightLinks(fixture.configuration, limit: 9).map(\.object) == [ids[5]])
        #expect(try store.inflightLinks(other, limit: 9).isEmpty)
      }
    }
  }

  @Test("versions grow and are never given twice", arguments: StoreKind.allCases)
  func versions(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      var last: Int64 = 0
      for _ in 0..<3 {
        let two = try await store.write { [try $0.nextVersion(), try $0.nextVersion()] }
        #expect(two[0] > last)
        #expect(two[1] > two[0])
        last = two[1]
      }
    }
  }
}
