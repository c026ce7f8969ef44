import ControlClient
import ControlServer
import Foundation
import HTTPTransport
import Logging
import ServiceLifecycle

/// A control server on a real socket in a folder of its own, for as long as the body runs.
struct RunningServer {
  let socketPath: String
  let transport: SocketTransport
  let log: RecordingLog
  private let group: ServiceGroup

  var client: ControlClient { ControlClient(transport: transport, socketPath: socketPath) }

  /// Asks for the end; the server is gone when `with` returns.
  func shutDown() async { await group.triggerGracefulShutdown() }

  static func with(
    _ backend: StubBackend = StubBackend(),
    policy: AccessPolicy = .rootOnly,
    mode: UInt32 = 0o666,
    limits: ControlLimits = ControlLimits(),
    in folder: ScratchFolder = ScratchFolder(),
    _ body: (RunningServer) async throws -> Void
  ) async throws {
    let path = folder.path("control.sock")
    let (listening, signal) = AsyncStream<Void>.makeStream()
    let log = RecordingLog()
    let server = ControlServer(
      backend: backend,
      socketPath: path,
      mode: mode,
      policy: policy,
      limits: limits,
      logger: log.logger(),
      onListening: { signal.finish() }
    )
    let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { signal.finish() }
        try await group.run()
      }
      for await _ in listening {}
      do {
        try await body(
          RunningServer(socketPath: path, transport: SocketTransport(socketPath: path), log: log, group: group)
        )
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }
}

extension AccessPolicy {
  static let rootOnly = AccessPolicy(operatorsGroup: nil, ownUser: .max)
}

/// Removed when nobody holds it any more.
final class ScratchFolder: Sendable {
  private let folder: String

  init() {
    folder = FileManager.default.temporaryDirectory.path + "/adprov-control-\(UUID().uuidString.prefix(8))"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }
}
