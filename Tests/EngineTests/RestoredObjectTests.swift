import Model
import TestSupport
import Testing

@testable import Engine

@Suite("Restored objects") struct RestoredObjectTests {
  @Test func `one that comes back without a word of its restore is read in full`() async throws {
    let store = MemoryStore()
    let guid = GUID.numbered(1)
    let object = try await store.write { store in
      let source = try store.registerSource(domain: "corp.example.test")
      let merge = ChangeMerge(store: store, source: source, now: Timestamp(milliseconds: 1), others: [])
      try merge.apply(DirectoryChange(guid: guid, name: "Ada", objectClass: .user))
      try merge.apply(DirectoryChange(guid: guid, isDeleted: true))
      // As polling tells of it.
      try merge.apply(DirectoryChange(guid: guid, name: "Ada", objectClass: .user))
      return try store.object(guid)
    }
    #expect(object?.isLive == true)
    #expect(object?.isSuspect == true)
  }

  @Test func `one that an entry does not tell whole is read in full`() async throws {
    let store = MemoryStore()
    let guid = GUID.numbered(1)
    let isSuspect = try await store.write { store in
      let source = try store.registerSource(domain: "corp.example.test")
      let merge = ChangeMerge(store: store, source: source, now: Timestamp(milliseconds: 1), others: [])
      try merge.apply(DirectoryChange(guid: guid, name: "Crew", objectClass: .group))
      let before = try store.object(guid)?.isSuspect
      try merge.apply(DirectoryChange(guid: guid, needsFullRead: true))
      return [before, try store.object(guid)?.isSuspect]
    }
    #expect(isSuspect == [false, true])
  }

  @Test func `the groups that came back with one are those that memberOf names`() async throws {
    let store = MemoryStore()
    let (user, group) = (GUID.numbered(1), GUID.numbered(2))
    let groups = try await store.write { store in
      let source = try store.registerSource(domain: "corp.example.test")
      let merge = ChangeMerge(store: store, source: source, now: Timestamp(milliseconds: 1), others: [])
      try merge.apply(DirectoryChange(guid: group, name: "Crew", objectClass: .group))
      try merge.apply(DirectoryChange(guid: user, name: "Ada", objectClass: .user))
      if let object = try store.object(user) {
        let reading = DirectoryChange(guid: user, name: "Ada", objectClass: .user, memberOf: [group])
        try merge.replace(object, with: reading)
      }
      return try store.groups(withMember: user).compactMap { try store.object($0)?.guid }
    }
    #expect(groups == [group])
  }

  @Test(arguments: [true, false])
  func `the groups that one has lost are read in the same run, wherever they stand`(isBefore: Bool) async throws {
    let world = try World()
    if isBefore { _ = await world.directory.create(40, .group, "Crew") }
    let user = await world.directory.create(41, .user, "Ada", World.person(41))
    let group = isBefore ? GUID.numbered(40) : await world.directory.create(40, .group, "Crew")
    await world.directory.addMember(user, to: group)
    try await world.run()
    #expect(world.sink.held(group)?.members == [user])
    await world.directory.delete(user)
    await world.directory.restore(user)
    let reads = await world.directory.singleReads
    try await world.run()
    #expect(world.sink.held(group)?.members == [])
    #expect(world.sink.held(user)?.resource.isActive == true)
    #expect(await world.directory.singleReads == reads + 2, "the user and the group, once each")
  }
}
