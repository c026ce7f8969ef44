import ActiveDirectory
import DirectoryTestSupport
import LDAP
import Model
import TestSupport
import Testing

@testable import Engine

@Suite("Pitfalls: memberships") struct MembershipPitfalls {
  @Test func `pitfall 2: a primary group has its members, though no member value says so`() async throws {
    let world = try World(.groups("CN=Staff"))
    let group = await world.directory.create(40, .group, "Staff")
    let ada = await world.directory.create(41, .user, "Ada", World.person(41), primaryGroup: 40)
    let bob = await world.directory.create(42, .user, "Bob", World.person(42), primaryGroup: 99)
    try await world.run()
    #expect(world.sink.held(group)?.members == [ada])
    #expect(world.sink.held(bob) == nil)
  }

  /// memberOf tells of the groups of its controller's own domain only.
  @Test func `pitfall 2: the groups of another domain stay, whatever memberOf says`() async throws {
    let store = MemoryStore()
    let (user, own, other) = (GUID.numbered(1), GUID.numbered(2), GUID.numbered(3))
    let (doubted, remaining) = try await store.write { store in
      let home = try store.registerSource(domain: "corp.example.test")
      let away = try store.registerSource(domain: "sub.corp.example.test")
      let merge = ChangeMerge(store: store, source: home, now: Timestamp(milliseconds: 1), others: [])
      let elsewhere = ChangeMerge(store: store, source: away, now: Timestamp(milliseconds: 1), others: [])
      try merge.apply(DirectoryChange(guid: user, name: "Ada", objectClass: .user))
      let members = DirectoryChange.MemberChange.difference(added: [user], removed: [])
      try merge.apply(DirectoryChange(guid: own, name: "Own", objectClass: .group, members: members))
      try elsewhere.apply(DirectoryChange(guid: other, name: "Other", objectClass: .group, members: members))
      if let object = try store.object(user) {
        try merge.replace(object, with: DirectoryChange(guid: user, name: "Ada", objectClass: .user, memberOf: []))
      }
      let groups = try store.groups(withMember: user).compactMap { try store.object($0) }
      return (groups.filter(\.isSuspect).map(\.guid), groups.map(\.guid))
    }
    #expect(doubted == [own], "of the other domain it could not say anything")
    #expect(remaining == [own, other])
  }

  /// An account that may not read memberOf of a user sees what it sees of a user without groups.
  @Test func `pitfall 2: what memberOf does not say ends no membership, but the group is asked`() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let (user, team) = (GUID.numbered(11), GUID.numbered(30))
    // Restored with its membership, and without.
    for keepsGroup in [true, false] {
      await world.directory.delete(user)
      await world.directory.restore(user)
      if keepsGroup { await world.directory.addMember(user, to: team) }
      let pipeline = world.pipeline(DirectoryWithoutMemberOf(directory: world.directory))
      await pipeline.use([world.configuration])
      _ = try await pipeline.refresh()
      try await world.export()
      #expect(world.sink.held(team)?.members == (keepsGroup ? [user, .numbered(21)] : [.numbered(21)]))
      #expect(world.sink.held(user)?.resource.isActive == true)
    }
  }

  @Test func `pitfall 3: a foreign security principal is kept as a member, and never sent`() async throws {
    let world = try World()
    await world.populate()
    let team = GUID.numbered(30)
    let foreign = await world.directory.create(50, .foreignSecurityPrincipal, "S-1-5-21-9-9-9-1105")
    await world.directory.addMember(foreign, to: team)
    try await world.run()
    #expect(world.sink.held(team)?.members == [.numbered(11), .numbered(21)])
    #expect(world.sink.operations.allSatisfy { $0.guid != foreign })
    let (sid, isMember) = try await world.store.read { store in
      let group = try store.object(team)
      return (try store.object(foreign)?.sid, try group.map { try store.hasMember($0.id, foreign) })
    }
    #expect(sid != nil, "by which it can be found in its own domain")
    #expect(isMember == true)
    world.sink.forgetOperations()
    await world.directory.removeMember(foreign, from: team)
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }

  @Test func `pitfall 23: of a giant group only what changed is read and sent, and in pieces`() async throws {
    let client = ScriptedClient()
    _ = try await ActiveDirectoryDomain.scripted(client, method: .always(.objectSecurity)).collect()
    let control = client.searches(with: DirSyncRequest.identifier).last?.controls
      .first { $0.identifier == DirSyncRequest.identifier }
    // SEQUENCE { INTEGER of four bytes: incremental values and object security, … }
    #expect(control?.value?.dropFirst(2).prefix(6) == [0x02, 0x04, 0x80, 0x00, 0x00, 0x01])

    let world = try World()
    let crowd = await world.directory.create(1000, .group, "Crowd")
    for number in UInt32(1)...100 {
      let user = await world.directory.create(100 + number, .user, "User \(number)", World.person(number))
      await world.directory.addMember(user, to: crowd)
    }
    try await world.run()
    #expect(world.sink.held(crowd)?.members.count == 100)
    #expect(world.sink.memberChanges.allSatisfy { $0 <= world.sink.capabilities.memberChunk })
    #expect(world.sink.memberChanges.reduce(0, +) == 100)

    let late = await world.directory.create(400, .user, "Late", World.person(400))
    try await world.run()
    world.sink.forgetOperations()
    let reads = await world.directory.singleReads
    await world.directory.addMember(late, to: crowd)
    try await world.run()
    #expect(world.sink.memberChanges == [1])
    #expect(world.sink.operations.count == 1)
    #expect(await world.directory.singleReads == reads, "the group is not read again")
  }
}

extension FakeSink {
  /// Of each operation on members, how many it names.
  fileprivate var memberChanges: [Int] {
    operations.compactMap { operation in
      if case .members(let added, let removed) = operation.action { added.count + removed.count } else { nil }
    }
  }
}

/// Shows memberOf of nobody.
private struct DirectoryWithoutMemberOf: Engine.Directory {
  let directory: FakeDirectory

  func describe() async throws -> DirectoryDescription { try await directory.describe() }
  func changes(
    since cookie: [UInt8]?,
    attributes: Set<AttributeName>,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    try await directory.changes(since: cookie, attributes: attributes, deliver: deliver)
  }
  func pulse() async throws -> DirectoryPulse { try await directory.pulse() }
  func read(
    _ guids: [GUID],
    attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> [GUID: DirectoryChange?] {
    try await directory.read(guids, attributes: attributes, notBehind: cookie).mapValues { reading in
      var reading = reading
      reading?.memberOf = []
      return reading
    }
  }
  func locate(_ name: DistinguishedName) async throws -> LocatedObject? { try await directory.locate(name) }
  func disconnect() async {}
}
