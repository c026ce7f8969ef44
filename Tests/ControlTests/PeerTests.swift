import ControlAPI
import ControlClient
import ControlServer
import Foundation
import Glibc
import Logging
import Testing

/// Callers that are really somebody else: curl under another uid, which takes root to start.
@Suite(
  "ControlServer: who calls",
  .enabled(
    if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
      && FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"),
    "needs root, setpriv and curl"
  )
)
struct PeerTests {
  static let operators: UInt32 = 61_950
  static let daemon: UInt32 = 61_940
  static let policy = AccessPolicy(operatorsGroup: operators, ownUser: daemon)
  static let health = HealthReport(
    status: .degraded,
    reasons: [HealthReport.Reason(scope: .configuration, code: "sink-down", name: "cloud-users", message: "no answer")]
  )

  @Test func `a stranger sees the health without names, and nothing else`() async throws {
    let backend = StubBackend(health: Self.health)
    try await RunningServer.with(backend, policy: Self.policy) { server in
      let health = try await Self.curl(server, "/v1/health", user: 61_000)
      #expect(health.hasSuffix(" 503"))
      #expect(health.contains(#""code":"sink-down","scope":"configuration""#))
      #expect(!health.contains("cloud-users") && !health.contains("no answer"))
      for path in ["/v1/status", "/v1/configurations", "/v1/configurations/cloud-users"] {
        #expect(try await Self.curl(server, path, user: 61_000).hasSuffix(" 403"))
      }
      for path in ["/v1/reload", "/v1/check", "/v1/configurations/cloud-users/restart"] {
        let answer = try await Self.curl(server, path, "-X", "POST", user: 61_000)
        #expect(answer.hasSuffix(" 403") && answer.contains(#""remedy":"Call as root"#))
      }
      #expect(backend.calls.isEmpty)
      #expect(server.log.lines.contains { $0.message == "Control request refused" && $0.metadata["uid"] == "61000" })
    }
  }

  @Test(arguments: [[operators], Array(100...200) + [operators]])
  func `a member of the operators' group does everything`(groups: [UInt32]) async throws {
    try await RunningServer.with(StubBackend(health: Self.health), policy: Self.policy) { server in
      let path = "/v1/configurations/cloud-users/restart"
      let restart = try await Self.curl(server, path, "-X", "POST", user: 61_000, groups: groups)
      #expect(restart.hasSuffix(" 202"))
      let health = try await Self.curl(server, "/v1/health", user: 61_000, groups: groups)
      #expect(health.contains("cloud-users"))
    }
  }

  @Test func `the daemon's own user reloads and does no more`() async throws {
    try await RunningServer.with(policy: Self.policy) { server in
      let reload = try await Self.curl(server, "/v1/reload", "-X", "POST", user: Self.daemon)
      #expect(reload.hasSuffix(" 200"))
      let status = try await Self.curl(server, "/v1/status", user: Self.daemon)
      #expect(status.hasSuffix(" 403"))
    }
  }

  @Test func `a change is journalled with uid, pid and login name`() async throws {
    try await RunningServer.with(policy: Self.policy) { server in
      _ = try await server.client.setEnabled(true, of: "cloud-users")
      let line = try #require(server.log.lines.first { $0.message == "Change requested over the control socket" })
      #expect(line.level == .notice)
      #expect(
        line.metadata == [
          "action": "enable-configuration", "configuration": "cloud-users", "uid": "0", "login": "root",
          "pid": "\(getpid())",
        ]
      )
      _ = try await server.client.status()
      #expect(server.log.lines.count { $0.message == "Change requested over the control socket" } == 1)
    }
  }

  /// - Returns: the body, a space and the status.
  private static func curl(
    _ server: RunningServer,
    _ path: String,
    _ options: String...,
    user: UInt32,
    groups: [UInt32] = []
  ) async throws -> String {
    let folder = (server.socketPath as NSString).deletingLastPathComponent
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    let membership = groups.isEmpty ? "--clear-groups" : "--groups=\(groups.map(String.init).joined(separator: ","))"
    process.arguments =
      ["--reuid=\(user)", "--regid=\(user)", membership, "/usr/bin/curl", "-sS", "--max-time", "10"]
      + ["--unix-socket", server.socketPath, "-w", " %{http_code}", "http://localhost\(path)"] + options
    let output = Pipe()
    process.standardOutput = output
    return try await withCheckedThrowingContinuation { continuation in
      // Read to the end after the exit: an answer is far smaller than a pipe.
      process.terminationHandler = { _ in
        let data = output.fileHandleForReading.readDataToEndOfFile()
        continuation.resume(returning: String(decoding: data, as: UTF8.self))
      }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
  }
}
