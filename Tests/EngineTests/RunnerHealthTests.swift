import Engine
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@Suite("The health of a configuration", .timeLimit(.minutes(1)))
struct RunnerHealthTests {
  @Test("is degraded as long as a membership is refused")
  func health() async throws {
    let world = try World()
    await world.populate()
    let runner = await world.runner(PickySink(world.sink, refusing: .numbered(11)))
    let task = Task { await runner.run() }
    await world.time.untilSomebodySleeps()
    #expect(await runner.state.lastRun?.outcome == .partial)
    _ = await runner.restartAndWait()
    #expect(await runner.state.lastRun?.outcome == .partial)
    task.cancel()
    await task.value
  }

  @Test("is degraded as long as an object waits for its repeat")
  func healthRetry() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.retry(reason: "busy")), for: .numbered(11))
    let runner = await world.runner()
    let task = Task { await runner.run() }
    await world.time.untilSomebodySleeps()
    #expect(await runner.state.lastRun?.outcome == .partial)
    _ = await runner.restartAndWait()
    #expect(await runner.state.lastRun?.outcome == .partial)
    task.cancel()
    await task.value
  }

  @Test("says so when the sink asks for one pause after the other")
  func endlessPause() async throws {
    let world = try World()
    await world.populate()
    for guid in [11, 12, 21, 22, 30].map(GUID.numbered) {
      world.sink.inject(.answer(.notSent(pause: .seconds(60))), for: guid)
    }
    let runner = await world.runner()
    let task = Task { await runner.run() }
    for _ in 0..<240 {
      await world.time.untilSomebodySleeps()
      world.time.advance(by: .seconds(60))
    }
    #expect(await runner.state.health != .unknown)
    task.cancel()
    await task.value
  }

  @Test("says so when the sink asks for a pause too long to wait for")
  func longPause() async throws {
    let world = try World()
    await world.populate()
    for guid in [11, 12, 21, 22, 30].map(GUID.numbered) {
      world.sink.inject(.answer(.notSent(pause: .seconds(3600))), for: guid)
    }
    let runner = await world.runner()
    let task = Task { await runner.run() }
    await world.time.untilSomebodySleeps()
    #expect(await runner.state.health != .healthy)
    task.cancel()
    await task.value
  }

  @Test("does not keep a pause that began while the clock was ahead")
  func pauseAhead() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.notSent(pause: .seconds(3600))), for: .numbered(11))
    let runner = await world.runner()
    let task = Task { await runner.run() }
    await world.time.untilSomebodySleeps()
    world.sink.inject(nil, for: .numbered(11))
    world.time.advance(by: .seconds(-365 * 86_400))
    _ = await runner.restartAndWait()
    #expect(await runner.state.health == .healthy)
    #expect(world.sink.held(.numbered(11)) != nil)
    task.cancel()
    await task.value
  }

  @Test("is well again when what failed is no longer wanted")
  func nothingLeftToRepeat() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    world.sink.inject(.answer(.retry(reason: "busy")))
    try await world.run()
    await world.directory.delete(.numbered(12))
    let runner = await world.runner()
    let task = Task { await runner.run() }
    await world.time.untilSomebodySleeps()
    #expect(await runner.state.health == .healthy)
    task.cancel()
    await task.value
  }
}
