import ControlServer
import Engine
import HTTPTransport
import Logging
import Model
import SQLiteStore
import ServiceLifecycle
import Settings
import Systemd
import UnixSignals

/// All parts of the daemon put together.
struct Daemon {
  private let settings: DaemonSettings
  private let logger = Logger(label: "adprovd")
  private let manager = ServiceManager()

  init(_ settings: DaemonSettings) {
    self.settings = settings
  }

  func run() async throws {
    let transport = try CurlTransport()
    let store = try SQLiteStore(path: settings.storePath)
    let time = SystemTime()
    let log = LogKeeper(retention: LogRetention(age: settings.logRetention))
    let agent = Agent(store: store, time: time, logger: logger, log: log)
    let backend = Backend(
      settings: settings,
      agent: agent,
      store: store,
      time: time,
      factory: PartFactory(transport: transport, time: time, logger: logger),
      logger: logger,
      bell: log.bell
    )
    await backend.load()

    var group = ServiceGroupConfiguration(
      services: [
        // Shut down from the last to the first. The work ends before the socket closes, so that those who wait for a run
        // are answered; otherwise each would wait for the other.
        .init(service: controlServer(backend)),
        .init(service: ReloadService(manager: manager, backend: backend, logger: logger)),
        .init(service: ServiceManagerService(manager: manager, backend: backend)),
        .init(service: AgentService(agent: agent)),
      ],
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    group.maximumGracefulShutdownDuration = .seconds(4)
    try await ServiceGroup(configuration: group).run()

    await transport.shutdown()
    try store.close()
    logger.info("stopped")
  }

  private func controlServer(_ backend: Backend) -> ControlServer {
    ControlServer(
      backend: backend,
      socketPath: settings.control.socketPath,
      mode: settings.control.socketMode,
      policy: AccessPolicy(settings.control),
      logger: logger
    ) { [manager, logger] in
      // Only now: a daemon that cannot have the socket must not have touched a sink.
      await backend.begin()
      manager.notify(.ready(status: "reading the directory"))
      logger.info("ready")
    }
  }
}
