import Engine
import Logging
import Model
import TestSupport
import Testing

@Suite("An agent of two domains", .timeLimit(.minutes(1)))
struct AgentDomainsTests {
  @Test("tells each of the other, so that a move between them is one")
  func move() async throws {
    let world = TwoDomains()
    await world.populate()
    let agent = await agent(world)
    try await run(agent)
    #expect(world.left.sink.held(TwoDomains.user) != nil)
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    try await run(agent)
    try await run(agent)
    #expect(world.operations.isEmpty)
    #expect(try await world.link(TwoDomains.user, world.right)?.presence == .present)
    await agent.shutDown()
  }

  @Test("takes nothing from a domain that is read and still has it")
  func contested() async throws {
    let world = TwoDomains()
    await world.populate()
    let agent = await agent(world)
    try await run(agent)
    let node = try #require(await world.left.directory.node(TwoDomains.user))
    await world.right.directory.adopt(node)
    try await run(agent)
    #expect(try await world.object()?.claimant != nil)
    #expect(try await world.link(TwoDomains.user, world.right) == nil)
    await agent.shutDown()
  }

  @Test("ends no link before it is known which sink the other side has")
  func sinkUnknown() async throws {
    let world = TwoDomains()
    await world.populate()
    try await world.run(world.left)
    world.forgetOperations()
    await world.move(from: world.left, to: world.right)
    // As the doorbell does it when it is quicker than the first run.
    let pipeline = await world.pipeline(world.right)
    _ = try await pipeline.refresh()
    try await world.run(world.left)
    _ = try await pipeline.refresh()
    #expect(try await world.link(TwoDomains.user, world.right)?.confirmed == nil)
    try await world.run(world.left)
    let agent = await agent(world)
    try await run(agent)
    #expect(!world.operations.contains { $0.guid == TwoDomains.user })
    #expect(try await world.link(TwoDomains.user, world.right)?.state == .idle)
    #expect(try await world.link(TwoDomains.user, world.left) == nil)
    await agent.shutDown()
  }

  private func agent(_ world: TwoDomains) async -> Agent {
    let agent = Agent(store: world.store, time: world.time, logger: .quiet)
    let setups = [world.left, world.right].map { side in
      ConfigurationSetup(configuration: side.configuration, sinkIdentity: "one", sinkSettings: "") { side.sink }
    }
    let domains = [world.left, world.right].map { ($0.configuration.domain, $0.directory as any Directory) }
    await agent.apply(domains: Dictionary(uniqueKeysWithValues: domains), setups: setups)
    return agent
  }

  /// Both configurations, one after the other, until what the one found is known to the other.
  private func run(_ agent: Agent) async throws {
    for name in ["right", "left", "right"] {
      let runner = try #require(await agent.runner(of: name))
      let record = await runner.restartAndWait()
      #expect(record?.outcome == .success)
    }
  }
}
