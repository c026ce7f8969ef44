import Engine
import Model
import Testing

@Suite("Store: edges")
struct StoreEdgeTests {
  @Test("an edge is inserted and removed once, and says so", arguments: StoreKind.allCases)
  func once(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let group = try fixture.add(1, .group, to: store).id
        #expect(try store.hasMember(group, .numbered(2)) == false)
        #expect(try store.removeEdge(group, .numbered(2)) == false)
        #expect(try store.insertEdge(group, .numbered(2), expires: nil))
        #expect(try store.insertEdge(group, .numbered(2), expires: nil) == false)
        #expect(try store.hasMember(group, .numbered(2)))
        #expect(try store.removeEdge(group, .numbered(2)))
        #expect(try store.hasMember(group, .numbered(2)) == false)
      }
    }
  }

  @Test("members and groups are listed in order, whether the objects are known or not", arguments: StoreKind.allCases)
  func lists(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let first = try fixture.add(1, .group, to: store).id
        let second = try fixture.add(2, .group, to: store).id
        for group in [second, first] {
          for member in [300, 5, 1 << 40] { _ = try store.insertEdge(group, .numbered(member), expires: nil) }
        }
        #expect(try store.members(of: first) == [.numbered(5), .numbered(300), .numbered(1 << 40)])
        #expect(try store.groups(withMember: .numbered(300)) == [first, second])
        #expect(try store.removeEdges(to: .numbered(300)) == [first, second])
        #expect(try store.removeEdges(to: .numbered(300)).isEmpty)
        #expect(try store.groups(withMember: .numbered(300)).isEmpty)
        #expect(try store.members(of: second) == [.numbered(5), .numbered(1 << 40)])
      }
    }
  }

  @Test("a membership with an end is listed when it has come, unless its end was moved", arguments: StoreKind.allCases)
  func expiry(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let group = try fixture.add(1, .group, to: store).id
        for (member, end) in [(2, 20), (3, 10), (4, 10), (5, 10)] {
          _ = try store.insertEdge(group, .numbered(member), expires: .at(Int64(end)))
        }
        _ = try store.insertEdge(group, .numbered(6), expires: nil)
        #expect(try store.insertEdge(group, .numbered(4), expires: nil) == false)
        _ = try store.removeEdge(group, .numbered(5))
        let third = DirtyMember(group: group, member: .numbered(3))
        #expect(try store.expiredEdges(in: fixture.source, at: .at(9), limit: 9).isEmpty)
        #expect(try store.expiredEdges(in: fixture.source, at: .at(10), limit: 9) == [third])
        #expect(
          try store.expiredEdges(in: fixture.source, at: .at(20), limit: 9)
            == [third, DirtyMember(group: group, member: .numbered(2))]
        )
        #expect(try store.expiredEdges(in: fixture.source, at: .at(20), limit: 1) == [third])
      }
    }
  }

  @Test("only a known object can be a group", arguments: StoreKind.allCases)
  func unknownGroup(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      await #expect(throws: (any Error).self) {
        _ = try await store.write { try $0.insertEdge(ObjectID(99), .numbered(1), expires: nil) }
      }
    }
  }
}
