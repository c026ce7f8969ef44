import Engine
import Logging
import Model
import Synchronization
import TestSupport
import Testing

/// An agent whose one configuration is in the middle of a request, which is answered when the gate opens.
private struct BusyAgent {
  let world: World
  let gate = Gate()
  let agent: Agent

  init() async throws {
    let world = try World()
    await world.populate()
    self.world = world
    agent = Agent(store: world.store, time: world.time, logger: .quiet)
    world.sink.beforeNextAnswer { [gate] in await gate.wait() }
    await apply("one")
    await gate.untilSomebodyWaits()
  }

  /// - Parameter settings: of the sink; nil disables the configuration.
  func apply(_ settings: String?) async {
    let setups = settings.map { settings in
      ConfigurationSetup(configuration: world.configuration, sinkIdentity: "sink", sinkSettings: settings) {
        world.sink
      }
    }
    await agent.apply(domains: [world.configuration.domain: world.directory], setups: setups.map { [$0] } ?? [])
  }

  /// Begins to replace the configuration, which must wait for the request.
  func beginReplacing() async -> Task<Void, Never> {
    let task = Task { await apply("two") }
    while await agent.runner(of: "cloud") != nil { await Task.yield() }
    return task
  }

  /// Gives everything that could go on wrongly the chance to.
  func settle() async {
    for _ in 0..<200 { await Task.yield() }
  }
}

@Suite("The agent", .timeLimit(.minutes(1)))
struct AgentTests {
  @Test("never runs one configuration twice at once")
  func twoRunners() async throws {
    let busy = try await BusyAgent()
    let replacing = await busy.beginReplacing()
    let again = Task { await busy.apply("two") }
    await busy.settle()
    #expect(busy.world.sink.operations.isEmpty)
    await busy.gate.open()
    await replacing.value
    await again.value
    await busy.agent.shutDown()
    #expect(busy.world.sink.misuse.isEmpty)
  }

  @Test("puts in force what it was given although the caller gave up")
  func cancelledApply() async throws {
    let busy = try await BusyAgent()
    let replacing = await busy.beginReplacing()
    let disable = Task { await busy.apply(nil) }
    await busy.settle()
    disable.cancel()
    await busy.gate.open()
    await replacing.value
    await disable.value
    let runner = await busy.agent.runner(of: "cloud")
    #expect(runner == nil)
    await busy.agent.shutDown()
  }

  @Test("does not leave in flight what a configuration had under way that runs no more")
  func recovers() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let user = GUID.numbered(11)
    var link = try #require(try await world.link(user))
    link.state = .inflight
    try await world.store.write { [link] in try $0.save(link) }
    let agent = Agent(store: world.store, time: world.time, logger: .quiet)
    await agent.apply(domains: [world.configuration.domain: world.directory], setups: [])
    let after = try await world.link(user)
    #expect(after?.state == .pending)
    #expect(after?.isUncertain == true)
    await agent.shutDown()
  }

  @Test("begins nothing after a shutdown, which waits for what is being replaced")
  func shutDownWhileReplacing() async throws {
    let busy = try await BusyAgent()
    let replacing = await busy.beginReplacing()
    let isDown = Mutex(false)
    let down = Task {
      await busy.agent.shutDown()
      isDown.withLock { $0 = true }
    }
    await busy.settle()
    #expect(!isDown.withLock { $0 }, "down before the answer of a request was stored")
    await busy.gate.open()
    await replacing.value
    await down.value
    let runner = await busy.agent.runner(of: "cloud")
    #expect(runner == nil)
  }
}
