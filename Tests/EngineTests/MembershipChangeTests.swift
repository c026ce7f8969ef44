import Model
import TestSupport
import Testing

@testable import Engine

@Suite("Memberships that change without a word on the group", .timeLimit(.minutes(1)))
struct MembershipChangeTests {
  private let user = GUID.numbered(11)
  private let team = GUID.numbered(30)

  @Test("follow a user's primary group")
  func primaryGroup() async throws {
    let world = try World()
    let first = await world.directory.create(41, .group, "First")
    let second = await world.directory.create(42, .group, "Second")
    let user = await world.directory.create(43, .user, "User 43", World.person(43), primaryGroup: 41)
    try await world.run()
    #expect(world.sink.held(first)?.members == [user])
    await world.directory.setPrimaryGroup(of: user, to: 42)
    try await world.run()
    #expect(world.sink.held(first)?.members == [])
    #expect(world.sink.held(second)?.members == [user])
  }

  @Test("bring members of members into the scope when the outer group comes into it")
  func nested() async throws {
    let world = try World(try .groups("CN=Team,OU=Sales"))
    await world.populate()
    let outer = await world.directory.create(41, .group, "Outer")
    let inner = await world.directory.create(42, .group, "Inner")
    await world.directory.addMember(inner, to: outer)
    await world.directory.addMember(.numbered(12), to: inner)
    try await world.run()
    #expect(world.sink.held(.numbered(12)) == nil)
    await world.directory.addMember(outer, to: team)
    try await world.run()
    #expect(world.sink.held(.numbered(12)) != nil)
  }

  @Test("are looked at again when their group has been read in full")
  func groupReadInFull() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.hide([team])
    await world.directory.fallBehind(true)
    try await world.pipeline.requireFullRead("test")
    try await world.run()
    await world.directory.hide([])
    await world.directory.addMember(.numbered(12), to: team)
    try await world.run()
    #expect(world.sink.held(team)?.members.contains(.numbered(12)) == false)
    await world.directory.fallBehind(false)
    try await world.run()
    #expect(world.sink.held(team)?.members.contains(.numbered(12)) == true)
  }

  @Test("are confirmed as they were sent, although they are not wanted any more")
  func changedWhileSent() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.addMember(.numbered(12), to: team)
    let pipeline = world.pipeline
    await pipeline.use([world.configuration])
    _ = try await pipeline.refresh()
    world.sink.beforeNextAnswer { [team] in
      await world.directory.removeMember(.numbered(12), from: team)
      _ = try await pipeline.refresh()
    }
    _ = try await world.export()
    try await world.run()
    #expect(world.sink.held(team)?.members.contains(.numbered(12)) == false)
  }

  @Test("go with an object of which nothing is left")
  func forgotten() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let link = try #require(try await world.link(user))
    let left = try await world.store.write { store in
      try store.forget(link)
      return try store.memberLinks(involving: link.object, link.configuration)
    }
    #expect(left.isEmpty)
  }

  @Test("come back with an object that was lost")
  func lost() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.lose(user)
    world.sink.tamper(team) { $0.members.remove(user) }
    let runner = await world.runner()
    let task = Task { await runner.run() }
    _ = await runner.reconcileAndWait(isRepairing: true)
    task.cancel()
    await task.value
    #expect(world.sink.held(user) != nil)
    #expect(world.sink.held(team)?.members.contains(user) == true)
  }

  @Test("of a member whose id is not known are not said to be missing")
  func unknownID() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    var link = try #require(try await world.link(user))
    link.remoteID = nil
    try await world.store.write { [link] in try $0.save(link) }
    let report = try await Reconciler(
      configuration: link.configuration,
      mapping: world.configuration.mapping,
      kinds: world.configuration.scope.kinds,
      sink: world.sink,
      store: world.store
    ).compare(isRepairing: false)
    #expect(report.membersMissing == 0)
  }

  @Test("nothing is made twice of who was kept while it was in doubt")
  func keptInDoubt() async throws {
    let world = try World(leaving: .keep)
    await world.populate()
    world.sink.inject(.applyThen(.unknown(reason: "timeout")), for: user)
    try await world.run()
    world.sink.inject(nil, for: user)
    await world.directory.delete(user)
    try await world.run()
    world.time.advance(by: .seconds(3600))
    try await world.run()
    await world.directory.restore(user)
    try await world.run()
    #expect(world.sink.misuse.isEmpty)
    #expect(world.sink.operations.filter { $0.guid == user && $0.action.name == "create" }.last?.mayHaveApplied == true)
  }

  @Test("a cookie within a cycle is of no use at another controller")
  func cycleCookie() {
    var source = SourceRecord(id: SourceID(1), domain: "corp.example.test")
    let (first, second) = (GUID.numbered(1), GUID.numbered(2))
    (source.stableCookie, source.cycleCookie, source.invocationID) = ([1], [2], first)
    (source.readFingerprint, source.lastFullRead) = ("", Timestamp(milliseconds: 0))
    source.sealCookies()
    for (invocationID, expected) in [(first, [UInt8(2)]), (second, nil)] {
      var read = source
      let description = DirectoryDescription(
        namingContext: DistinguishedName([RelativeName(type: "DC", value: "test")]),
        namingContextGUID: .numbered(9),
        domainSID: .ofDomain(1),
        controller: "dc\(invocationID == first ? 1 : 2)",
        invocationID: invocationID,
        highestCommittedUSN: 5
      )
      let start = CycleStart(
        description: description,
        fingerprint: "",
        now: Timestamp(milliseconds: 0),
        liveCount: 1
      )
      #expect(start.apply(to: &read) == nil)
      #expect(read.cycleCookie == expected)
    }
  }
}
