import Foundation
import Testing

/// Fixtures/server.py as a child process, one for the whole test run, with which it ends.
final class MisbehavingServer: Sendable {
  static let shared = Result { try MisbehavingServer() }

  private let folder: URL
  private let ports: [UInt16]
  private let process = Process()
  private let input = Pipe()

  private init() throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/server.py")
    // Short: the path of a Unix socket has little room.
    folder = FileManager.default.temporaryDirectory.appending(path: "adprov-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [script.path, folder.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var greeting = ""
    while !greeting.hasSuffix("\n") {
      let piece = output.fileHandleForReading.availableData
      if piece.isEmpty { break }
      greeting += String(decoding: piece, as: UTF8.self)
    }
    ports = greeting.split(whereSeparator: \.isWhitespace).compactMap { UInt16($0) }
    try #require(ports.count == 2, "server.py did not start")
  }

  var origin: String { "http://127.0.0.1:\(ports[0])" }
  func tlsOrigin(host: String) -> String { "https://\(host):\(ports[1])" }

  var socketPath: String { folder.appending(path: "socket").path }
  var certificatePath: String { folder.appending(path: "certificate").path }
}
