import LDAP
import LDAPServer
import SimulatedLDAP
import TestSupport
import Testing

/// How the agent reaches the simulated controllers: by a call, or through libldap, TLS and a socket.
enum Route: String, CaseIterable, CustomTestStringConvertible {
  case direct
  case wire

  var testDescription: String { rawValue }

  static let account = LDAPServer.Account(name: "reader@corp.example.test", password: "Secret-1")

  func withConnector<Result>(
    to controllers: [SimulatedController],
    _ body: (@escaping LDAPConnector) async throws -> Result
  ) async throws -> Result {
    if self == .direct { return try await body(controllers.connector) }
    var fronts: [String: TLSFront] = [:]
    var servers: [LDAPServer] = []
    do {
      for controller in controllers {
        let server = try await LDAPServer.start(account: Self.account) { try controller.connect() }
        servers.append(server)
        fronts[controller.name] = try TLSFront(port: server.port)
      }
      let result = try await body(Self.connector(fronts))
      await Self.stop(fronts, servers)
      return result
    } catch {
      await Self.stop(fronts, servers)
      throw error
    }
  }

  private static func connector(_ fronts: [String: TLSFront]) -> LDAPConnector {
    { options in
      guard let front = fronts[options.host] else { throw LDAPError(.connect, .serverDown, "no host \(options.host)") }
      var options = options
      options.host = "127.0.0.1"
      options.port = front.port
      options.caFile = front.caFile
      return try await LDAPConnection.open(options)
    }
  }

  private static func stop(_ fronts: [String: TLSFront], _ servers: [LDAPServer]) async {
    for front in fronts.values { front.stop() }
    for server in servers { await server.stop() }
  }
}
