import Engine
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// Keeps the agent at work until the daemon stops, then lets it end at its next safe point.
struct AgentService: Service {
  let agent: Agent

  func run() async throws {
    try? await gracefulShutdown()
    await agent.shutDown()
  }
}

/// SIGHUP reads the configurations again.
struct ReloadService: Service {
  let manager: ServiceManager
  let backend: Backend
  let logger: Logger

  func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
      manager.notify(.reloading)
      do {
        _ = try await backend.reload()
      } catch {
        // What is wrong was logged by the backend.
        logger.error("reload refused, the configurations in force stay so")
      }
      manager.notify(.ready())
    }
  }
}

/// Tells systemd that the work goes on, by asking all who do it, and what it is about.
struct ServiceManagerService: Service {
  let manager: ServiceManager
  let backend: Backend

  private static let pace = Duration.seconds(10)

  func run() async throws {
    let pace = min(manager.watchdogInterval.map { $0 / 2 } ?? Self.pace, Self.pace)
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        manager.notify(.status(await backend.summary()))
        manager.notify(.watchdog)
        try? await Task.sleep(for: pace)
      }
    }
    manager.notify(.stopping(status: "finishing what is under way"))
  }
}
