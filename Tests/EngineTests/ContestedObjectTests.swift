import Engine
import Model
import TestSupport
import Testing

@Suite("An object that two domains show")
struct ContestedObjectTests {
  private let user = TwoDomains.user

  private func moved(_ world: TwoDomains) async throws {
    await world.populate()
    try await world.runBoth()
    await world.move(from: world.left, to: world.right)
    try await world.settle()
    world.forgetOperations()
  }

  @Test("is left alone until one denies it")
  func frozen() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    let node = try #require(await world.left.directory.node(user))
    await world.right.directory.adopt(node)
    await world.right.directory.set(user, "title", "Head")
    try await world.settle()
    #expect(world.operations.isEmpty)
    let pipeline = await world.pipeline(world.left)
    _ = try await pipeline.refresh()
    #expect(await pipeline.state.waitsFor == "1 objects are claimed by two domains")

    // The new domain loses it again, and the old one goes on.
    _ = await world.right.directory.moveAway(user)
    await world.left.directory.set(user, "title", "Chief")
    try await world.runBoth()
    try await world.runBoth()
    #expect(world.left.sink.held(user)?.resource.attributes["title"] == .string("Chief"))
  }

  @Test("and that goes back and forth unseen is waited for anew each time")
  func backAndForth() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    try await world.run(world.left, full: true)
    try await world.run(world.right)
    // Back before the left side was read again, and away after the right side had denied it.
    await world.move(from: world.right, to: world.left)
    world.time.advance(by: .seconds(7200))
    try await world.run(world.left)
    try await world.run(world.right)
    await world.move(from: world.left, to: world.right)
    try await world.run(world.left)
    #expect(world.operations.isEmpty)
    try await world.settle()
    #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) })
    #expect(try await world.link(user, world.right)?.presence == .present)
  }

  @Test("belongs to the claimant when the other one deletes it")
  func deleted() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    let node = try #require(await world.left.directory.node(user))
    await world.right.directory.adopt(node)
    try await world.run(world.right)
    await world.left.directory.delete(user)
    try await world.settle()
    #expect(!world.operations.contains { $0.action.name == "delete" })
    #expect(try await world.link(user, world.right)?.presence == .present)
  }

  @Test("is not touched by late changes of the domain that it has left")
  func lateChange() async throws {
    let world = TwoDomains()
    try await moved(world)
    let node = try #require(await world.right.directory.node(user))
    // Another controller of the old domain, to which the move has not come yet.
    await world.left.directory.adopt(node)
    await world.left.directory.set(user, "title", "Late")
    try await world.run(world.left)
    #expect(world.operations.isEmpty)
    _ = await world.left.directory.moveAway(user)
    try await world.settle()
    #expect(world.operations.isEmpty)
    #expect(try await world.object()?.claimant == nil)
    #expect(try await world.object()?.isSuspect == false)
  }

  @Test("keeps its claim while the former domain is read in full and still shows it")
  func fullReadOfLaggard() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    let node = try #require(await world.left.directory.node(user))
    await world.right.directory.adopt(node)
    try await world.run(world.right)
    try await world.run(world.left, full: true)
    #expect(try await world.object()?.claimant != nil)
    _ = await world.left.directory.moveAway(user)
    try await world.run(world.left)
    try await world.runBoth()
    #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) })
    #expect(try await world.link(user, world.right)?.presence == .present)
  }

  @Test("goes to the claimant at once when nobody reads the other domain any more")
  func otherDomainUnread() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.runBoth()
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    try await world.run(world.right)
    #expect(try await world.object()?.claimant != nil)
    try await world.run(world.right, beside: false)
    try await world.run(world.right, beside: false)
    #expect(!world.operations.contains { ["create", "delete"].contains($0.action.name) })
    #expect(try await world.link(user, world.right)?.presence == .present)
  }
}
