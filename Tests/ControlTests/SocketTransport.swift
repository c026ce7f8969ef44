import Foundation
import Glibc
import HTTPTransport
import Testing

/// One request on one connection over a Unix socket, by hand: what goes over the wire is exactly what a test says.
struct SocketTransport: HTTPTransport {
  struct Failure: Error {
    let step: String
    let code: CInt
  }

  let socketPath: String

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let target = request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
    var head = "\(request.method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    for header in request.headers { head += "\(header.name): \(header.value)\r\n" }
    if let body = request.body { head += "Content-Length: \(body.count)\r\n" }
    return try await send(raw: Array((head + "\r\n").utf8) + (request.body ?? []))
  }

  /// Sends the bytes, then reads until the server closes.
  func send(raw bytes: [UInt8]) async throws -> HTTPResponse {
    let answer = try await exchange(bytes)
    return try #require(
      HTTPResponse(parsing: answer),
      "not an HTTP response: \(String(decoding: answer, as: UTF8.self))"
    )
  }

  /// What came until the server closed the connection.
  func exchange(_ bytes: [UInt8]) async throws -> [UInt8] {
    let path = socketPath
    do {
      return try await withCheckedThrowingContinuation { continuation in
        // A thread of its own: the pools of Dispatch and of Swift's tasks are one, and the server needs it.
        Thread.detachNewThread {
          continuation.resume(with: Result { try Self.exchange(bytes, path: path) })
        }
      }
    } catch let failure as Failure where failure.step == "connect" {
      throw HTTPError(kind: .unreachable, message: "errno \(failure.code)", wasNotSent: true)
    }
  }

  private static func exchange(_ bytes: [UInt8], path: String) throws -> [UInt8] {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(step: "socket", code: errno) }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let connected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { throw Failure(step: "connect", code: errno) }

    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      // The server may answer and close before it has read everything.
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return answer }
      answer += buffer[..<count]
    }
  }
}

extension HTTPResponse {
  /// Nil when it does not begin with a whole head.
  fileprivate init?(parsing bytes: [UInt8]) {
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: "\r\n\r\n".utf8) }) else { return nil }
    var lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines.removeFirst().split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    let headers = lines.map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return HTTPHeader(String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    self.init(status: status, headers: headers, body: Array(bytes[(end + 4)...]))
  }
}
