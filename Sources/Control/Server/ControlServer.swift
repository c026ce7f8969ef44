import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// The control API on a Unix socket, from `run()` until the shutdown of its service group.
package struct ControlServer: Service {
  private let backend: any ControlBackend
  private let socketPath: String
  private let mode: UInt32
  private let policy: AccessPolicy
  private let limits: ControlLimits
  private let logger: Logger
  private let onListening: @Sendable () async -> Void

  /// - Parameters:
  ///   - mode: of the socket's file. Anyone may open it by default, because rights come from `policy`.
  ///   - onListening: called once, when callers can connect.
  package init(
    backend: any ControlBackend,
    socketPath: String,
    mode: UInt32 = 0o666,
    policy: AccessPolicy,
    limits: ControlLimits = ControlLimits(),
    logger: Logger,
    onListening: @escaping @Sendable () async -> Void = {}
  ) {
    self.backend = backend
    self.socketPath = socketPath
    self.mode = mode
    self.policy = policy
    self.limits = limits
    self.logger = logger
    self.onListening = onListening
  }

  /// - Throws: `ControlServerError` when the socket cannot be opened.
  package func run() async throws {
    let file = SocketFile(path: socketPath)
    try file.prepare()

    let failure = Mutex<ControlServerError?>(nil)
    let router = ControlRouter(
      endpoints: Endpoint.all(of: backend),
      policy: policy,
      limits: limits,
      logger: logger
    )
    // The library's own announcements would be said twice.
    var libraryLogger = logger
    libraryLogger.logLevel = max(logger.logLevel, .warning)

    let application = Application(
      router: router.build(),
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          idleTimeout: TimeAmount(limits.idleTime),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 8 << 10,
            maxHeaderListSize: 16 << 10,
            maxHeaderFieldCount: 64
          )
        )
      ),
      configuration: ApplicationConfiguration(
        address: .unixDomainSocket(path: socketPath),
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: libraryLogger)
      ),
      onServerRunning: { channel in
        do throws(ControlServerError) {
          try file.setMode(mode)
        } catch {
          failure.withLock { $0 = error }
          channel.close(promise: nil)
          return
        }
        logger.info("Control socket listens", metadata: ["path": "\(socketPath)"])
        await onListening()
      },
      logger: libraryLogger
    )
    try await application.run()
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
