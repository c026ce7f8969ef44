import Engine
import Model
import TestSupport
import Testing

@Suite("A move between domains")
struct DomainMoveTests {
  private let user = TwoDomains.user

  @Test(
    "with the same sink on both sides deletes and makes nothing, whichever side is read first",
    arguments: [true, false]
  )
  func sameSink(_ targetFirst: Bool) async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    if targetFirst {
      try await world.run(world.right)
      #expect(try await world.object()?.claimant != nil)
      try await world.run(world.left)
    } else {
      try await world.run(world.left, full: true)
      #expect(try await world.object()?.missingSince != nil)
      #expect(world.operations.isEmpty)
      try await world.run(world.right)
      try await world.run(world.left)
    }
    try await world.runBoth()
    #expect(!world.operations.contains { ["create", "delete", "members"].contains($0.action.name) })
    #expect(world.operations.count <= 1)
    #expect(world.left.sink.held(user) != nil)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12)])
    #expect(try await world.link(user, world.left) == nil)
    #expect(try await world.link(user, world.right)?.state == .idle)

    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty)
    await world.right.directory.set(user, "title", "Head")
    try await world.runBoth()
    #expect(world.left.sink.held(user)?.resource.attributes["title"] == .string("Head"))
  }

  @Test("with a sink on each side leaves the one and comes into the other")
  func otherSink() async throws {
    let world = TwoDomains(sharingSink: false)
    await world.populate()
    try await world.runBoth()
    await world.move(from: world.left, to: world.right)
    try await world.settle()
    #expect(world.left.sink.held(user) == nil)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(12)])
    #expect(world.right.sink.held(user) != nil)
    #expect(world.left.sink.misuse + world.right.sink.misuse == [])
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty)
  }

  @Test("out of the scope of both ends what the former side had")
  func intoNoScope() async throws {
    let world = TwoDomains(rightMode: try .groups("CN=Crew", in: "right"))
    await world.populate()
    try await world.runBoth()
    #expect(world.right.sink.held(.numbered(51)) != nil)
    await world.move(from: world.left, to: world.right)
    try await world.settle()
    #expect(world.left.sink.held(user) == nil)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(12)])
  }

  @Test("is waited for while the target cannot be read, but not longer than a day")
  func unreachableTarget() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    await world.right.directory.fail(with: DirectoryError.unreachable(controller: "dc", detail: "down"))
    for _ in 0..<4 {
      try await world.run(world.left, full: true)
      await #expect(throws: DirectoryError.self) { try await world.run(world.right) }
      world.time.advance(by: .seconds(21_000))
    }
    #expect(world.operations.isEmpty)
    world.time.advance(by: .seconds(3000))
    try await world.run(world.left)
    #expect(world.left.sink.held(user) == nil)

    await world.right.directory.fail(with: nil)
    try await world.settle()
    #expect(world.left.sink.held(user) != nil)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12)])
  }

  @Test("is no reason to wait for who is gone, once the other domain has been read long enough after")
  func gone() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    _ = await world.left.directory.moveAway(user)
    try await world.run(world.left, full: true)
    try await world.runBoth()
    #expect(world.left.sink.held(user) != nil, "the other side may get it later than this one lost it")
    world.time.advance(by: .seconds(4 * 3700))
    try await world.run(world.left)
    #expect(world.left.sink.held(user) != nil, "the other side was not read since")
    try await world.runBoth()
    try await world.run(world.left)
    #expect(world.left.sink.held(user) == nil)
  }

  @Test("is none when only one domain is read: nothing waits")
  func singleDomain() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.run(world.left, beside: false)
    _ = await world.left.directory.moveAway(user)
    try await world.run(world.left, full: true, beside: false)
    #expect(world.left.sink.held(user) == nil)
  }

  @Test("and back again changes nothing in a shared sink")
  func back() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    try await world.settle()
    await world.move(from: world.right, to: world.left)
    try await world.settle()
    #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) })
    #expect(try await world.link(user, world.left)?.presence == .present)
    #expect(try await world.link(user, world.right) == nil)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12)])
  }

  @Test("and a deletion there deletes it from the sink, and from its groups on both sides")
  func thenDeleted() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    await world.move(from: world.left, to: world.right)
    await world.right.directory.addMember(user, to: .numbered(60))
    try await world.settle()
    #expect(world.left.sink.held(.numbered(60))?.members == [.numbered(11), .numbered(51)])
    await world.right.directory.delete(user)
    try await world.settle()
    #expect(world.left.sink.held(user) == nil)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(12)])
    #expect(world.left.sink.held(.numbered(60))?.members == [.numbered(51)])
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty)
  }

  @Test("of a group takes its memberships along")
  func group() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(.numbered(30), from: world.left, to: world.right)
    try await world.settle()
    #expect(world.operations.isEmpty)
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12)])
    await world.right.directory.removeMember(user, from: .numbered(30))
    await world.right.directory.addMember(.numbered(51), to: .numbered(30))
    try await world.runBoth()
    #expect(world.left.sink.held(.numbered(30))?.members == [.numbered(12), .numbered(51)])
  }

  @Test("of a group to another sink empties the former one that keeps it")
  func groupToOtherSink() async throws {
    let world = TwoDomains(sharingSink: false, leaving: .disable)
    await world.populate()
    try await world.runBoth()
    await world.move(.numbered(30), from: world.left, to: world.right)
    try await world.settle()
    #expect(world.left.sink.held(.numbered(30))?.members == [])
    #expect(world.right.sink.held(.numbered(30)) != nil)
  }

  @Test("lets the time of grace run out on the former side")
  func grace() async throws {
    let world = TwoDomains(sharingSink: false, leaving: .disable, deleteAfter: .seconds(86_400))
    await world.populate()
    try await world.runBoth()
    await world.move(from: world.left, to: world.right)
    try await world.settle()
    #expect(world.left.sink.held(user)?.resource.isActive == false)
    world.time.advance(by: .seconds(86_400))
    try await world.run(world.right)
    try await world.run(world.left)
    #expect(world.left.sink.held(user) == nil)
    #expect(world.right.sink.held(user) != nil)
  }
}
