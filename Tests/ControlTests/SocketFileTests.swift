import ControlAPI
import ControlClient
import ControlServer
import Foundation
import Glibc
import Testing

@Suite("ControlServer: its socket")
struct SocketFileTests {
  @Test(arguments: [UInt32(0o666), 0o660, 0o600])
  func `has the mode that was asked for, whatever the umask`(mode: UInt32) async throws {
    try await RunningServer.with(mode: mode) { server in
      let attributes = try FileManager.default.attributesOfItem(atPath: server.socketPath)
      #expect((attributes[.posixPermissions] as? NSNumber)?.uint32Value == mode)
      #expect(attributes[.type] as? FileAttributeType == .typeSocket)
    }
  }

  @Test func `is gone after the shutdown`() async throws {
    let folder = ScratchFolder()
    try await RunningServer.with(in: folder) { server in
      #expect(FileManager.default.fileExists(atPath: server.socketPath))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("control.sock")))
  }

  @Test func `replaces one that a killed daemon left behind`() async throws {
    let folder = ScratchFolder()
    Self.leaveSocket(at: folder.path("control.sock"))
    #expect(FileManager.default.fileExists(atPath: folder.path("control.sock")))
    try await RunningServer.with(in: folder) { server in
      let health = try await server.client.health()
      #expect(health.isGood)
    }
  }

  @Test func `leaves alone what is not a socket`() async throws {
    let folder = ScratchFolder()
    let path = folder.path("control.sock")
    try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
    await #expect(throws: ControlServerError.notASocket(path)) {
      try await RunningServer.with(in: folder) { _ in }
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
  }

  @Test func `leaves alone a link to a socket`() async throws {
    let folder = ScratchFolder()
    let path = folder.path("control.sock")
    Self.leaveSocket(at: folder.path("elsewhere"))
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.path("elsewhere"))
    await #expect(throws: ControlServerError.notASocket(path)) {
      try await RunningServer.with(in: folder) { _ in }
    }
  }

  @Test func `is not taken from a daemon that listens`() async throws {
    let folder = ScratchFolder()
    try await RunningServer.with(in: folder) { first in
      await #expect(throws: ControlServerError.inUse(first.socketPath)) {
        try await RunningServer.with(in: folder) { _ in }
      }
      let health = try await first.client.health()
      #expect(health.isGood)
    }
  }

  @Test func `needs its folder`() async throws {
    let path = ScratchFolder().path("none/control.sock")
    let server = ControlServer(
      backend: StubBackend(),
      socketPath: path,
      policy: .rootOnly,
      logger: RecordingLog().logger()
    )
    let error = await #expect(throws: ControlServerError.self) { try await server.run() }
    #expect(error?.description.contains("/none for the control socket") == true)
  }

  @Test func `has a path that the system can bind`() async throws {
    let path = "/tmp/" + String(repeating: "x", count: 120)
    let server = ControlServer(
      backend: StubBackend(),
      socketPath: path,
      policy: .rootOnly,
      logger: RecordingLog().logger()
    )
    await #expect(throws: ControlServerError.pathTooLong(path, limit: 107)) { try await server.run() }
  }

  @Test func `without a daemon the client says how to start it`() async throws {
    let path = ScratchFolder().path("control.sock")
    let client = ControlClient(transport: SocketTransport(socketPath: path), socketPath: path)
    let error = await #expect(throws: ControlClientError.notRunning(socketPath: path)) { try await client.health() }
    #expect(error?.remedy?.contains("systemctl start adprovd") == true)
  }

  /// Bound and closed again: a file that refuses connections.
  private static func leaveSocket(at path: String) {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    _ = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
