import Engine
import Model
import Testing

@Suite("Store: runs and figures")
struct StoreRunTests {
  @Test("the last run is the one begun last, with all its fields", arguments: StoreKind.allCases)
  func runs(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        #expect(try store.lastRun(of: fixture.configuration) == nil)
        var first = try store.beginRun(fixture.configuration, reason: .start, at: .at(900))
        var second = try store.beginRun(fixture.configuration, reason: .restart, at: .at(100))
        #expect(
          second
            == RunRecord(id: second.id, configuration: fixture.configuration, reason: .restart, started: .at(100))
        )
        #expect(second.id > first.id)
        first.outcome = .interrupted
        try store.update(first)
        second.ended = .at(.max)
        second.outcome = .partial
        second.detail = "it's \"partly\" done\0;"
        second.counts = RunCounts.numbered
        try store.update(second)
        #expect(try store.lastRun(of: fixture.configuration) == second)
        #expect(try store.lastRun(of: other) == nil)
      }
    }
  }

  @Test("only the latest runs of a configuration are kept", arguments: StoreKind.allCases)
  func pruning(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        let first = try store.beginRun(other, reason: .start, at: .at(1))
        let runs = try (1...3).map { try store.beginRun(fixture.configuration, reason: .timer, at: .at($0)) }
        try store.pruneRuns(of: fixture.configuration, keeping: 2)
        #expect(throws: (any Error).self) { try store.update(runs[0]) }
        for run in runs.dropFirst() + [first] { try store.update(run) }
        try store.pruneRuns(of: fixture.configuration, keeping: 9)
        #expect(try store.lastRun(of: fixture.configuration)?.id == runs[2].id)
      }
    }
  }

  @Test("a run needs a configuration, and must exist to be changed", arguments: StoreKind.allCases)
  func refusals(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      await #expect(throws: (any Error).self) {
        _ = try await store.write { try $0.beginRun(ConfigurationID(99), reason: .timer, at: .at(0)) }
      }
      await #expect(throws: (any Error).self) {
        let unknown = RunRecord(id: 99, configuration: ConfigurationID(1), reason: .timer, started: .at(0))
        try await store.write { try $0.update(unknown) }
      }
    }
  }

  @Test("figures count links by state and memberships by what is confirmed", arguments: StoreKind.allCases)
  func counts(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let states: [LinkRecord.State] = [.idle, .pending, .pending, .inflight, .escrow, .escrow, .escrow, .escrow]
        for (number, state) in states.enumerated() {
          var link = fixture.confirmedLink(try fixture.add(number, to: store))
          link.state = state
          if number == 1 { link.presence = .disabled }
          if number == 2 { link.confirmed = nil }
          // Nothing of it waits, so it fails no more.
          if number == 0 { link.memberAttempts = 1 }
          if number == 1 { link.attempts = 1 }
          try store.save(link)
        }
        let group = try fixture.add(100, .group, to: store)
        var groupLink = fixture.confirmedLink(group, .group)
        groupLink.memberAttempts = 1
        try store.save(groupLink)
        for (number, confirmed) in [true, false, nil].enumerated() {
          let member = try fixture.add(101 + number, to: store)
          var membership = fixture.member(member, of: group, confirmed: confirmed)
          if number < 2 { membership.notBefore = .at(1) }
          try store.save(membership)
        }
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        var expected = StoreCounts()
        expected.provisioned = 7
        expected.pending = 3
        expected.escrowed = 4
        expected.pendingMembers = 2
        expected.failing = 7
        #expect(try store.counts(of: fixture.configuration) == expected)
        #expect(try store.counts(of: other) == StoreCounts())
      }
    }
  }
}

extension RunCounts {
  /// Every figure is another one, so that none can be taken for its neighbour.
  fileprivate static var numbered: RunCounts {
    var counts = RunCounts()
    counts.imported = 1
    counts.evaluated = 2
    counts.created = 3
    counts.updated = 4
    counts.disabled = 5
    counts.deleted = 6
    counts.membersAdded = 7
    counts.membersRemoved = 8
    counts.failed = .max
    return counts
  }
}
