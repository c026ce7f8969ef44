import Engine
import Model
import Testing

@Suite("Store: objects")
struct StoreObjectTests {
  @Test("a new object is a live placeholder", arguments: StoreKind.allCases)
  func placeholder(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let source = try await StoreFixture(store).source
      let object = try await store.write { try $0.insertObject(.numbered(1), in: source, generation: 3) }
      #expect(object == ObjectRecord(id: object.id, guid: .numbered(1), source: source, generation: 3))
      try await store.read { store throws in
        #expect(try store.object(object.id) == object)
        #expect(try store.object(.numbered(1)) == object)
        #expect(try store.object(.numbered(2)) == nil)
        #expect(try store.object(ObjectID(99)) == nil)
      }
    }
  }

  @Test("every field of an object is kept, and taken back", arguments: StoreKind.allCases)
  func fields(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let (empty, parent) = try await store.write { store in
        let empty = try store.insertObject(.numbered(1), in: fixture.source, generation: 0)
        _ = try store.registerSource(domain: "other.example.com")
        return (empty, try fixture.add(2, .organizationalUnit, to: store))
      }
      var full = empty
      full.parent = parent.id
      full.name = "Ada"
      full.objectClass = .user
      full.sid = .numbered(4)
      full.primaryGroupRID = .max
      full.isLive = false
      full.deletedAt = .at(.max)
      full.lastKnownParent = .numbered(8)
      full.generation = .max
      full.isSuspect = true
      full.source = SourceID(2)
      full.claimant = SourceID(1)
      full.missingSince = .at(3)
      full.image = Image(["mail": [[], [1, 0, 255]], "cn": [Array("Ä'\"".utf8)]])
      for record in [full, empty] {
        try await store.write { try $0.update(record) }
        let stored = try await store.read { try $0.object(record.id) }
        #expect(stored == record)
      }
    }
  }

  @Test("a GUID is there once, and only known objects can be changed or be parents", arguments: StoreKind.allCases)
  func refusals(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let object = try await store.write { try fixture.add(1, to: $0) }
      await #expect(throws: (any Error).self) {
        _ = try await store.write { try $0.insertObject(.numbered(1), in: fixture.source, generation: 0) }
      }
      await #expect(throws: (any Error).self) {
        _ = try await store.write { try $0.insertObject(.numbered(2), in: SourceID(99), generation: 0) }
      }
      await #expect(throws: (any Error).self) {
        let unknown = ObjectRecord(id: ObjectID(99), guid: .numbered(3), source: fixture.source)
        try await store.write { try $0.update(unknown) }
      }
      await #expect(throws: (any Error).self) {
        var orphan = object
        orphan.parent = ObjectID(99)
        try await store.write { [orphan] in try $0.update(orphan) }
      }
      let stored = try await store.read { try $0.object(object.id) }
      #expect(stored == object)
    }
  }

  @Test("a SID finds its object in that domain, the live one before a tombstone", arguments: StoreKind.allCases)
  func sids(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerSource(domain: "other.example.com").id
        let tombstone = try fixture.add(1, to: store) {
          $0.sid = .numbered(5)
          $0.isLive = false
        }
        #expect(try store.object(.numbered(5), in: fixture.source) == tombstone)
        #expect(try store.object(.numbered(5), in: other) == nil)
        var live = try fixture.add(2, to: store) { $0.sid = .numbered(5) }
        #expect(try store.object(.numbered(5), in: fixture.source) == live)
        live.sid = .numbered(6)
        try store.update(live)
        #expect(try store.object(.numbered(5), in: fixture.source) == tombstone)
        #expect(try store.object(.numbered(6), in: fixture.source) == live)
      }
    }
  }

  @Test("descendants are those at any depth, without the object, and follow a move", arguments: StoreKind.allCases)
  func descendants(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let root = try fixture.add(1, .organizationalUnit, to: store)
        let leaf = try fixture.add(2, to: store)
        var branch = try fixture.add(3, .organizationalUnit, to: store) { $0.parent = root.id }
        var moved = leaf
        moved.parent = branch.id
        try store.update(moved)
        #expect(try store.descendants(of: root.id) == [leaf.id, branch.id])
        #expect(try store.descendants(of: branch.id) == [leaf.id])
        #expect(try store.descendants(of: leaf.id).isEmpty)
        branch.parent = nil
        try store.update(branch)
        #expect(try store.descendants(of: root.id).isEmpty)
      }
    }
  }

  @Test("a tree with a cycle ends all the same", arguments: StoreKind.allCases)
  func cycle(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        var first = try fixture.add(1, .organizationalUnit, to: store)
        let second = try fixture.add(2, .organizationalUnit, to: store) { $0.parent = first.id }
        first.parent = second.id
        try store.update(first)
        #expect(try store.descendants(of: first.id) == [second.id])
      }
    }
  }

  @Test("users with a primary group are the live users of that domain", arguments: StoreKind.allCases)
  func primaryGroup(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let withGroup = { (object: inout ObjectRecord) in object.primaryGroupRID = 513 }
        let first = try fixture.add(3, to: store, withGroup)
        var second = try fixture.add(1, to: store, withGroup)
        _ = try fixture.add(4, .computer, to: store, withGroup)
        _ = try fixture.add(5, nil, to: store, withGroup)
        _ = try fixture.add(6, to: store) { $0.primaryGroupRID = 514 }
        _ = try fixture.add(7, to: store) {
          $0.primaryGroupRID = 513
          $0.isLive = false
        }
        let other = try store.registerSource(domain: "other.example.com").id
        #expect(try store.users(withPrimaryGroup: 513, in: fixture.source) == [first.id, second.id])
        #expect(try store.users(withPrimaryGroup: 513, in: other).isEmpty)
        second.primaryGroupRID = nil
        try store.update(second)
        #expect(try store.users(withPrimaryGroup: 513, in: fixture.source) == [first.id])
      }
    }
  }

  @Test("dead objects are those deleted before a date, of which nothing is in doubt", arguments: StoreKind.allCases)
  func dead(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        func add(_ number: Int, _ date: Int64?, isSuspect: Bool = false) throws -> ObjectRecord {
          try fixture.add(number, to: store) {
            $0.isLive = false
            $0.deletedAt = date.map(Timestamp.at)
            $0.isSuspect = isSuspect
          }
        }
        let early = try add(9, 4)
        let later = try add(1, 9)
        _ = try add(2, 10)
        _ = try add(3, nil)
        _ = try add(4, 4, isSuspect: true)
        _ = try fixture.add(5, to: store)
        func dead(after last: ObjectID? = nil, _ limit: Int = 9) throws -> [ObjectRecord] {
          try store.deadObjects(in: fixture.source, deletedBefore: .at(10), after: last, limit: limit)
        }
        #expect(try dead() == [early, later])
        #expect(try dead(after: nil, 1) == [early])
        #expect(try dead(after: early.id) == [later])
      }
    }
  }

  @Test("unseen are live objects with a class and an older generation", arguments: StoreKind.allCases)
  func unseen(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let old = try fixture.add(9, to: store) { $0.generation = 4 }
        let older = try fixture.add(1, .container, to: store) { $0.generation = 1 }
        _ = try fixture.add(2, to: store) { $0.generation = 5 }
        _ = try fixture.add(3, nil, to: store) { $0.generation = 1 }
        _ = try fixture.add(4, to: store) { $0.isLive = false }
        let other = try store.registerSource(domain: "other.example.com").id
        #expect(try store.unseenObjects(in: fixture.source, before: 5, limit: 10) == [old, older])
        #expect(try store.unseenObjects(in: fixture.source, before: 5, limit: 1) == [old])
        #expect(try store.unseenObjects(in: other, before: 5, limit: 10).isEmpty)
        #expect(try store.liveObjectCount(in: fixture.source) == 3)
        #expect(try store.liveObjectCount(in: other) == 0)
      }
    }
  }

  @Test("suspects are listed beyond the last one seen, dead or alive", arguments: StoreKind.allCases)
  func suspects(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerSource(domain: "other.example.com").id
        var suspects: [ObjectRecord] = []
        for number in 1...4 {
          let object = try fixture.add(number, number == 2 ? nil : .user, to: store) {
            $0.isSuspect = number != 3
            $0.isLive = number != 4
          }
          if object.isSuspect { suspects.append(object) }
        }
        #expect(try store.suspects(in: fixture.source, after: nil, limit: 10) == suspects)
        #expect(try store.suspects(in: fixture.source, after: nil, limit: 2) == Array(suspects[..<2]))
        #expect(try store.suspects(in: fixture.source, after: suspects[0].id, limit: 10) == Array(suspects[1...]))
        #expect(try store.suspects(in: other, after: nil, limit: 10).isEmpty)
      }
    }
  }
}
