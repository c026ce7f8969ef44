import Engine
import Model
import Testing

@Suite("Store: what waits for evaluation")
struct StoreEvaluationTests {
  @Test("dirty objects are marked once per configuration and listed in order", arguments: StoreKind.allCases)
  func objects(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let first = try fixture.add(2, to: store).id
        let second = try fixture.add(1, to: store).id
        for configuration in [fixture.configuration, nil, nil] { try store.markDirty(second, configuration) }
        try store.markDirty(first, fixture.configuration)
        let expected = [
          DirtyObject(object: first, configuration: fixture.configuration),
          DirtyObject(object: second, configuration: nil),
          DirtyObject(object: second, configuration: fixture.configuration),
        ]
        #expect(try store.dirtyObjects(in: fixture.source, limit: 10) == expected)
        #expect(try store.dirtyObjects(in: fixture.source, limit: 2) == Array(expected[..<2]))
        let other = try store.registerSource(domain: "other.example.com").id
        #expect(try store.dirtyObjects(in: other, limit: 10).isEmpty)
        try store.clearDirty(Array(expected[1...]))
        #expect(try store.dirtyObjects(in: fixture.source, limit: 10) == Array(expected[..<1]))
      }
    }
  }

  @Test("all objects of the domain can be marked at once, for one configuration", arguments: StoreKind.allCases)
  func all(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let user = try fixture.add(1, to: store).id
        let placeholder = try fixture.add(2, nil, to: store).id
        let dead = try fixture.add(3, to: store) { $0.isLive = false }.id
        let other = try store.registerSource(domain: "other.example.com").id
        _ = try store.insertObject(.numbered(4), in: other, generation: 0)
        try store.markDirty(user, fixture.configuration)
        try store.markAllDirty(in: fixture.source, fixture.configuration)
        #expect(
          try store.dirtyObjects(in: fixture.source, limit: 10)
            == [user, placeholder, dead].map { DirtyObject(object: $0, configuration: fixture.configuration) }
        )
        #expect(try store.dirtyObjects(in: other, limit: 10).isEmpty)
      }
    }
  }

  @Test("dirty memberships are marked once, listed in order and cleared", arguments: StoreKind.allCases)
  func members(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let first = try fixture.add(1, .group, to: store).id
        let second = try fixture.add(2, .group, to: store).id
        for member in [9, 300, 9] { try store.markMemberDirty(second, .numbered(member)) }
        try store.markMemberDirty(first, .numbered(1 << 40))
        let expected = [
          DirtyMember(group: first, member: .numbered(1 << 40)), DirtyMember(group: second, member: .numbered(9)),
          DirtyMember(group: second, member: .numbered(300)),
        ]
        #expect(try store.dirtyMembers(in: fixture.source, limit: 10) == expected)
        #expect(try store.dirtyMembers(in: fixture.source, limit: 1) == Array(expected[..<1]))
        let other = try store.registerSource(domain: "other.example.com").id
        #expect(try store.dirtyMembers(in: other, limit: 10).isEmpty)
        try store.clearDirty(Array(expected[..<2]))
        #expect(try store.dirtyMembers(in: fixture.source, limit: 10) == Array(expected[2...]))
      }
    }
  }

  @Test("timers are due by time, yield only to an earlier one, and are cleared", arguments: StoreKind.allCases)
  func timers(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let ids = try (1...4).map { try fixture.add($0, to: store).id }
        try store.setTimer(ids[0], at: .at(30))
        try store.setTimer(ids[1], at: .at(10))
        try store.setTimer(ids[2], at: .at(10))
        try store.setTimer(ids[3], at: .at(31))
        #expect(try store.dueTimers(at: .at(9), limit: 10).isEmpty)
        #expect(try store.dueTimers(at: .at(30), limit: 10) == [ids[1], ids[2], ids[0]])
        #expect(try store.dueTimers(at: .at(30), limit: 1) == [ids[1]])
        try store.setTimer(ids[1], at: .at(.max))
        try store.setTimer(ids[3], at: .at(29))
        try store.clearTimers([ids[2], ids[2]])
        #expect(try store.dueTimers(at: .at(30), limit: 10) == [ids[1], ids[3], ids[0]])
      }
    }
  }

  @Test("only known objects can be marked or timed", arguments: StoreKind.allCases)
  func unknown(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let refused: [@Sendable (any StoreWriter) throws -> Void] = [
        { try $0.markDirty(ObjectID(99), nil) }, { try $0.markMemberDirty(ObjectID(99), .numbered(1)) },
        { try $0.setTimer(ObjectID(99), at: .at(0)) },
      ]
      for body in refused {
        await #expect(throws: (any Error).self) { try await store.write(body) }
      }
    }
  }
}
