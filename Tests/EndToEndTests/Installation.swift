import ControlClient
import Foundation
import TestSupport

/// adprov in a folder of its own, between the lab's domain and a SCIM server of its own.
struct Installation {
  let lab: LabEnvironment
  let scim: SCIMInstance
  /// Short, because sockets are in it.
  let folder: String

  static let programs =
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    .map { URL(filePath: $0).deletingLastPathComponent().path } ?? ""

  var settingsFile: String { folder + "/adprovd.toml" }
  var socket: String { folder + "/control.sock" }
  var archive: String { folder + "/archive.jsonl" }
  var control: ControlClient {
    get throws { ControlClient(transport: try Transport.shared(), socketPath: socket) }
  }

  static func with(_ body: (Installation) async throws -> Void) async throws {
    let folder = "/tmp/adprov-e2e-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
    try FileManager.default.createDirectory(
      atPath: folder + "/configurations.d",
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scim = try await SCIMInstance.start(in: folder + "/scim")
    let installation = Installation(lab: try LabEnvironment.required(), scim: scim, folder: folder)
    do {
      try installation.writeSettings()
      try await body(installation)
      await scim.stop()
    } catch {
      await scim.stop()
      throw error
    }
  }

  func writeSettings(_ replacements: [String: String] = [:]) throws {
    var text = """
      configurations-folder = "configurations.d"
      state-folder = "state"

      [[domain]]
      name = "\(try lab["LAB_DOMAIN"])"
      controllers = ["\(try lab["LAB_ADDRESS"])"]
      security = "ldaps"
      ca-file = "\(try lab["LAB_CA_FILE"])"

      [domain.authentication]
      method = "password"
      user = "\(try lab["LAB_SERVICE_USER"])"
      password = { file = "\(try lab["LAB_SERVICE_PASSWORD_FILE"])" }

      [control]
      socket = "control.sock"
      own-user = "operator"

      """
    for (old, new) in replacements { text = text.replacingOccurrences(of: old, with: new) }
    try text.write(toFile: settingsFile, atomically: true, encoding: .utf8)
  }

  /// - Parameter sink: lines below `[sink]`; nil for this installation's SCIM server.
  func writeConfiguration(
    _ name: String = "cloud",
    scope: String,
    sink: String? = nil,
    enabled: Bool = true,
    interval: String = "1h"
  ) throws {
    let sink = sink ?? "kind = \"scim\"\nendpoint = \"\(scim.endpoint)\"\ntoken = { file = \"\(scim.tokenFile)\" }"
    try """
    # written by hand, to be kept
    domain = "\(try lab["LAB_DOMAIN"])"
    enabled = \(enabled)
    interval = "\(interval)"

    [scope]
    \(scope)

    [sink]
    \(sink)

    """.write(toFile: "\(folder)/configurations.d/\(name).toml", atomically: true, encoding: .utf8)
  }

  func adprovctl(_ arguments: String...) async throws -> ChildProcess.Output {
    try await ChildProcess.run(Self.programs + "/adprovctl", arguments + ["--socket", socket])
  }

  /// Runs the daemon to its end: for what it refuses.
  func refusal(_ arguments: String...) async throws -> ChildProcess.Output {
    try await ChildProcess.run(Self.programs + "/adprovd", ["--config", settingsFile] + arguments)
  }
}
