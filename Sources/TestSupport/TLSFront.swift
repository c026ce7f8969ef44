import Foundation
import Glibc

/// TLS in front of a server that has none: socat with a certificate made for it, on a free port of a loopback address.
///
/// A program of its own, so that no TLS library is compiled into the tests. It ends with this process, however that ends.
package final class TLSFront: Sendable {
  package let port: UInt16
  /// PEM file with the certificate, which is its own CA.
  package let caFile: String
  private let folder: URL
  private let process: Process
  private let life: FileHandle

  /// - Throws: what openssl or socat say when they fail.
  package init(on address: String = "127.0.0.1", to target: String = "127.0.0.1", port: UInt16) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "adprov-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    caFile = folder.appending(path: "certificate.pem").path
    let key = folder.appending(path: "key.pem").path
    try Self.makeCertificate(caFile, key: key, for: address)
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/setsid")
    // socat serves each connection in a child; all of them are one group, which goes when standard input ends. Not with
    // SIGTERM: threads of Swift's pool block it, and a child inherits that.
    process.arguments = [
      "--wait", "bash", "-c", "\"$@\" </dev/null & cat >/dev/null; kill -KILL 0", "tls-front",
      "socat",
      "-d", "-d", "-t1", "OPENSSL-LISTEN:0,bind=\(address),fork,reuseaddr,cert=\(caFile),key=\(key),verify=0",
      "TCP:\(target):\(port)",
    ]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    let log = output.fileHandleForReading
    process.standardError = output
    life = input.fileHandleForWriting
    try process.run()
    try input.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    self.port = try Self.readPort(from: log)
    // A full pipe would stop socat.
    Thread.detachNewThread { while !log.availableData.isEmpty {} }
  }

  deinit { stop() }

  /// Ends it with all its connections; returns when nothing of it is left.
  package func stop() {
    try? life.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// socat says where it listens as soon as it does.
  private static func readPort(from log: FileHandle) throws -> UInt16 {
    var text = ""
    while true {
      let data = log.availableData
      guard !data.isEmpty else { throw LabError(message: "socat ended: \(text)") }
      text += String(decoding: data, as: UTF8.self)
      for line in text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1)
      where line.contains(" listening on ") {
        guard let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) else { continue }
        return port
      }
    }
  }

  private static func makeCertificate(_ file: String, key: String, for address: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(address)",
      "-addext", "subjectAltName=IP:\(address)", "-days", "2", "-keyout", key, "-out", file,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw LabError(message: "openssl made no certificate") }
  }
}
