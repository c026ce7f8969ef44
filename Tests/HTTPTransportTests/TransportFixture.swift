import Foundation
import HTTPTransport

/// A transport of its own, and paths of its own on the server.
struct TransportFixture: Sendable {
  let server: MisbehavingServer
  let transport: CurlTransport
  private let name = UUID().uuidString

  /// Ends the transport however the body ends.
  static func with(_ body: (TransportFixture) async throws -> Void) async throws {
    let fixture = TransportFixture(
      server: try MisbehavingServer.shared.get(),
      transport: try CurlTransport(idleLimit: .seconds(600))
    )
    do {
      try await body(fixture)
    } catch {
      await fixture.transport.shutdown()
      throw error
    }
    await fixture.transport.shutdown()
  }

  func url(_ path: String) -> String { "\(server.origin)/\(name)\(path)" }

  func tlsURL(_ path: String, host: String = "127.0.0.1") -> String {
    "\(server.tlsOrigin(host: host))/\(name)\(path)"
  }

  func send(_ method: String, _ path: String, _ headers: [HTTPHeader] = [], body: String? = nil) async throws
    -> HTTPResponse
  {
    try await transport.send(
      HTTPRequest(method: method, url: url(path), headers: headers, body: body.map { Array($0.utf8) })
    )
  }

  /// How often the server has read a request for this path completely.
  func count(_ path: String) async throws -> Int {
    Int(try await send("GET", "/count?/\(name)\(path)").text) ?? -1
  }

  /// Returns once the server has read a request for this path.
  func arrival(of path: String) async throws {
    while try await count(path) == 0 {}
  }

  func error(of request: HTTPRequest) async -> HTTPError? {
    do {
      _ = try await transport.send(request)
      return nil
    } catch {
      return error as? HTTPError
    }
  }
}
