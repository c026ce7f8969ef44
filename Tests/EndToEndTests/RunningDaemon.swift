import ControlAPI
import ControlClient
import Foundation
import Glibc

/// `adprovd` as a child of the test.
final class RunningDaemon {
  private let process = Process()
  private let installation: Installation
  private let end = AsyncStream<Void>.makeStream()
  let log: String

  /// Returns when the daemon says that it is ready.
  static func start(_ installation: Installation) async throws -> RunningDaemon {
    let daemon = RunningDaemon(installation)
    let notify = try NotifySocket(
      path: "\(installation.folder)/notify-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
    )
    try daemon.launch(notify.path)
    let process = daemon.process
    let pid = process.processIdentifier
    guard await notify.wait(for: "READY=1", while: { kill(pid, 0) == 0 && !isZombie(pid) }) else {
      throw InstallationError("adprovd did not start: \(daemon.logText)")
    }
    return daemon
  }

  private init(_ installation: Installation) {
    self.installation = installation
    log = installation.folder + "/adprovd.log"
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  private func launch(_ notifySocket: String) throws {
    if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(filePath: log)) }
    let output = try FileHandle(forWritingTo: URL(filePath: log))
    try output.seekToEnd()
    process.executableURL = URL(filePath: Installation.programs + "/adprovd")
    process.arguments = ["--config", installation.settingsFile]
    process.environment = ProcessInfo.processInfo.environment.merging(["NOTIFY_SOCKET": notifySocket]) { $1 }
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    process.terminationHandler = { [end] _ in end.continuation.finish() }
    try process.runHearingSignals()
  }

  var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// One run from now to its end.
  @discardableResult
  func run(_ configuration: String = "cloud") async throws -> RunReport {
    guard let run = try await installation.control.restart(configuration, wait: true).run else {
      throw InstallationError("no run of \(configuration)")
    }
    return run
  }

  /// kill -9.
  func crash() async {
    kill(process.processIdentifier, SIGKILL)
    await ended()
  }

  /// SIGTERM, and how it ended.
  func stop() async -> (status: Int32, duration: Duration) {
    let start = ContinuousClock.now
    process.terminate()
    await ended()
    return (process.terminationStatus, ContinuousClock.now - start)
  }

  private func ended() async {
    for await _ in end.stream {}
  }

  func hangUp() {
    kill(process.processIdentifier, SIGHUP)
  }
}

private func isZombie(_ pid: pid_t) -> Bool {
  guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
    let state = stat.split(separator: ")").last?.split(separator: " ").first
  else { return true }
  return state == "Z"
}
