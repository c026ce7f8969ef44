import Engine
import Logging
import Model
import Testing
import TestSupport

@Suite("A configuration that runs")
struct RunnerTests {
  private let world: World
  private let runner: ConfigurationRunner

  init() async throws {
    world = try World()
    runner = await world.runner()
  }

  /// Runs `body` beside the runner, then stops it.
  private func running(_ body: () async throws -> Void) async rethrows {
    let task = Task { [runner] in await runner.run() }
    await world.time.untilSomebodySleeps()
    try await body()
    task.cancel()
    await task.value
  }

  @Test("runs at once, then at each turn of the timer")
  func timer() async throws {
    await world.populate()
    await running {
      #expect(world.sink.held.count == 5)
      await world.directory.set(.numbered(11), "title", "Head")
      world.time.advance(by: .seconds(120))
      await world.time.untilSomebodySleeps()
    }
    #expect(await runner.state.lastRun?.reason == .timer)
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Head"))
  }

  @Test("runs at once when asked, and tells how it went")
  func restart() async throws {
    await world.populate()
    await running {
      await world.directory.set(.numbered(11), "title", "Head")
      let run = await runner.restartAndWait()
      #expect(run?.reason == .restart)
      #expect(run?.outcome == .success)
      #expect(run?.counts.updated == 1)
    }
  }

  @Test("says why it cannot run, tries again soon, and mends itself")
  func failure() async throws {
    await world.populate()
    await world.directory.fail(with: DirectoryError.unreachable(controller: "dc1", detail: "connection refused"))
    await running {
      guard case .failed(code: .directoryUnreachable, let reason) = await runner.state.health else {
        Issue.record("healthy without a directory")
        return
      }
      #expect(reason.contains("dc1"))
      #expect(await runner.state.lastRun?.outcome == .failure)

      await world.directory.fail(with: nil)
      world.time.advance(by: .seconds(5))
      await world.time.untilSomebodySleeps()
      #expect(await runner.state.health == .healthy)
    }
    #expect(world.sink.held.count == 5)
  }

  @Test("is degraded while an object waits for its repeat")
  func degraded() async throws {
    await world.populate()
    world.sink.inject(.answer(.rejected(code: "invalidValue", reason: "no")), for: .numbered(11))
    await running {
      #expect(await runner.state.lastRun?.outcome == .partial)
      _ = await runner.restartAndWait()
      #expect(await runner.state.lastRun?.outcome == .partial)
    }
  }

  @Test("refuses another sink than its links belong to, and loses nothing")
  func otherSink() async throws {
    await world.populate()
    await running {}
    let other = FakeSink()
    let second = await world.runner(other, identity: "fake 2")
    let task = Task { await second.run() }
    await world.time.untilSomebodySleeps()
    guard case .failed(code: .sinkChanged, let reason) = await second.state.health else {
      Issue.record("another sink is held for complete")
      return
    }
    #expect(reason.contains("fake 1") && reason.contains("fake 2"))
    #expect(other.operations.isEmpty)
    task.cancel()
    await task.value
  }

  @Test("answers those who wait when it is stopped")
  func stopped() async throws {
    await world.populate()
    world.sink.inject(.answer(.notSent(pause: .seconds(60))))
    let task = Task { [runner] in await runner.run() }
    await world.time.untilSomebodySleeps()
    async let run = runner.restartAndWait()
    task.cancel()
    await task.value
    #expect(await run == nil)
    #expect(await runner.state.lastRun?.outcome == .interrupted)
  }
}
