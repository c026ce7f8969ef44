import Engine
import Model
import TestSupport
import Testing

@Suite("A move between domains, in trouble")
struct MoveInTroubleTests {
  private let user = TwoDomains.user

  @Test(
    "of an object whose last request failed or has no answer brings the doubt along",
    arguments: [
      FakeSink.Fault.answer(.rejected(code: "invalidValue", reason: "no")), .applyThen(.unknown(reason: "timeout")),
      .answer(.unknown(reason: "timeout")),
    ]
  )
  func inDoubt(_ fault: FakeSink.Fault) async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    await world.left.directory.set(user, "title", "Head")
    world.left.sink.inject(fault, for: user)
    try await world.run(world.left)
    world.left.sink.inject(nil, for: user)
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    try await world.settle()
    #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) })
    #expect(world.left.sink.held(user)?.resource.attributes["title"] == .string("Head"))
    #expect(world.left.sink.misuse.isEmpty)
  }

  @Test("waits for the answer to a request that is under way")
  func inFlight() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    let link = try #require(try await world.link(user, world.left))
    try await world.store.write { try $0.save(link.dispatched()) }
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    try await world.run(world.right)
    // Its evaluation without its export, which would find the request left over.
    try await world.refresh(world.left)
    try await world.refresh(world.right)
    #expect(try await world.link(user, world.right) == nil)
    #expect(try await world.link(user, world.left)?.state == .inflight)
    try await world.settle()
    #expect(try await world.link(user, world.left) == nil)
    #expect(try await world.link(user, world.right)?.state == .idle)
    // What became of the request is looked up.
    #expect(world.operations.first { $0.guid == user }?.mayHaveApplied == true)
    #expect(world.operations.count { $0.guid == user } == 1)
  }

  @Test("of a group does not let an answer that was under way put a leaver back into it")
  func membersInFlight() async throws {
    let world = TwoDomains()
    await world.populate()
    let (group, leaver) = (GUID.numbered(30), GUID.numbered(12))
    await world.left.directory.removeMember(leaver, from: group)
    try await world.runBoth()
    await world.left.directory.addMember(leaver, to: group)
    try await world.refresh(world.left)
    world.left.sink.beforeNextAnswer {
      await world.left.directory.removeMember(leaver, from: group)
      await world.move(group, from: world.left, to: world.right)
      try await world.run(world.right)
      try await world.refresh(world.left, full: true)
      try await world.run(world.right)
    }
    // Asks for the leaver to be added; the sink gets to it after the new side has had it removed.
    try await world.export(world.left)
    #expect(try await world.link(group, world.right)?.remoteID != nil)
    #expect(world.left.sink.held(group)?.members.contains(leaver) == true)
    try await world.settle()
    #expect(world.left.sink.held(group)?.members == [.numbered(11)])
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty)
  }

  @Test("of a group out of every scope empties it of members, too, of whom nothing was known then")
  func memberUnknownAtTheMove() async throws {
    let crew = try DistinguishedName(parsing: "CN=Crew,DC=right,DC=example,DC=test")
    let world = TwoDomains(leaving: .disable, rightMode: .groups([crew], nested: true))
    await world.populate()
    try await world.runBoth()
    let (group, member) = (GUID.numbered(30), GUID.numbered(12))
    await world.move(group, from: world.left, to: world.right)
    // Perhaps it has moved, too, and is only not seen there yet.
    _ = await world.left.directory.moveAway(member)
    try await world.run(world.right)
    try await world.run(world.left, full: true)
    try await world.runBoth()
    try await world.runBoth()
    #expect(world.left.sink.held(group)?.members == [member])
    world.time.advance(by: .seconds(90_000))
    try await world.run(world.left, full: true)
    try await world.run(world.right)
    #expect(world.left.sink.held(member)?.resource.isActive == false)
    #expect(world.left.sink.held(group)?.members == [])
  }

  @Test("before the first create makes it once, on the new side")
  func neverSent() async throws {
    let world = TwoDomains()
    await world.populate()
    world.left.sink.inject(.answer(.notSent(pause: nil)), for: user)
    try await world.runBoth()
    world.left.sink.inject(nil, for: user)
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    // The new side decides before the old one sends what it had decided.
    try await world.run(world.right)
    try await world.refresh(world.left)
    try await world.refresh(world.right)
    try await world.export(world.left)
    try await world.settle()
    #expect(world.operations.count { $0.guid == user && $0.action.name == "create" } == 1)
    #expect(!world.operations.contains { $0.action.name == "delete" })
    #expect(world.left.sink.misuse.isEmpty)
    #expect(world.left.sink.held(user) != nil)
  }

  @Test("to a configuration whose scope does not stand waits for it")
  func scopeDoesNotStand() async throws {
    let world = TwoDomains(rightMode: try .groups("CN=Crew", in: "right"))
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    await world.right.directory.addMember(user, to: .numbered(60))
    await world.right.directory.delete(.numbered(60))
    for _ in 0..<3 {
      await #expect(throws: ScopeError.self) { try await world.run(world.right) }
      try await world.run(world.left)
    }
    #expect(world.operations.isEmpty)
    await world.right.directory.restore(.numbered(60))
    await world.right.directory.addMember(user, to: .numbered(60))
    try await world.settle()
    #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) })
    #expect(try await world.link(user, world.right)?.presence == .present)
  }

  @Test("to a configuration of another sink whose scope does not stand waits for nothing")
  func otherScopeDoesNotStand() async throws {
    let world = TwoDomains(sharingSink: false, leaving: .disable, rightMode: try .groups("CN=Crew", in: "right"))
    await world.populate()
    try await world.runBoth()
    await world.move(from: world.left, to: world.right)
    await world.right.directory.delete(.numbered(60))
    for _ in 0..<2 {
      await #expect(throws: ScopeError.self) { try await world.run(world.right) }
      try await world.run(world.left, full: true)
    }
    #expect(world.left.sink.held(user)?.resource.isActive == false)
  }

  @Test("is the same whichever transaction is the last one of a process")
  func killed() async throws {
    var total = 0
    for deadly in 1...200 {
      let life = Life()
      let world = TwoDomains(store: DyingStore(MemoryStore(), life))
      await world.populate()
      try await world.runBoth()
      world.forgetOperations()
      await world.move(from: world.left, to: world.right)
      life.dieAfter(writes: deadly)
      for _ in 0..<3 {
        for side in [world.right, world.left] { try? await world.run(side) }
      }
      let wasKilled = life.isDead
      life.revive()
      try await world.settle()
      #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) }, "write \(deadly)")
      #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12)], "write \(deadly)")
      #expect(try await world.link(user, world.left) == nil)
      #expect(try await world.link(user, world.right)?.state == .idle)
      world.forgetOperations()
      try await world.settle()
      #expect(world.operations.isEmpty, "write \(deadly)")
      if !wasKilled { break }
      total += 1
    }
    #expect(total > 10 && total < 200)
  }
}
