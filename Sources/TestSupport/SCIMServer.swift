import Foundation
import Glibc
package import Model

/// The real SCIM server that tests may use: named by the environment variables SCIM_ENDPOINT and SCIM_TOKEN_FILE, else by
/// the file that `scripts/lab/scim.sh up` leaves behind. Others use it at the same time, so tests make objects of their own.
package struct SCIMServer: Sendable {
  private static let environmentFile = "/var/tmp/adprov-scim/run/env"

  package let endpoint: String
  package let token: String

  /// Nil when there is none, or none that can be reached.
  package static let current: SCIMServer? = {
    let variables = Self.variables()
    guard let endpoint = variables["SCIM_ENDPOINT"], isReachable(endpoint), let file = variables["SCIM_TOKEN_FILE"],
      let token = try? String(contentsOfFile: file, encoding: .utf8)
    else { return nil }
    return SCIMServer(endpoint: endpoint, token: token.trimmingCharacters(in: .whitespacesAndNewlines))
  }()

  /// Whether tests that need it are to run: without a server they do so only to fail where the laboratory is required.
  package static var isWanted: Bool {
    current != nil || ProcessInfo.processInfo.environment["ADPROV_REQUIRE_LAB"] == "1"
  }

  package static let absence = "no SCIM server; start one with scripts/lab/scim.sh install and up"

  package struct Missing: Error, CustomStringConvertible {
    package var description: String { SCIMServer.absence }
  }

  package static func required() throws -> SCIMServer {
    guard let current else { throw Missing() }
    return current
  }

  /// For an object that nobody else has made.
  package static func newGUID() -> GUID {
    guard let guid = GUID(UUID().uuidString) else { preconditionFailure("a UUID is a GUID") }
    return guid
  }

  private static func variables() -> [String: String] {
    let environment = ProcessInfo.processInfo.environment
    if environment["SCIM_ENDPOINT"] != nil { return environment }
    guard let text = try? String(contentsOfFile: environmentFile, encoding: .utf8) else { return [:] }
    let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
      let parts = line.split(separator: "=", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    return Dictionary(pairs) { _, last in last }
  }

  /// The file stays behind when its server stops.
  private static func isReachable(_ endpoint: String) -> Bool {
    guard let url = URL(string: endpoint), let host = url.host() else { return false }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let port = String(url.port ?? (url.scheme == "https" ? 443 : 80))
    guard unsafe getaddrinfo(host, port, &hints, &found) == 0, let address = unsafe found?.pointee else { return false }
    defer { unsafe freeaddrinfo(found) }
    let descriptor = unsafe socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    defer { close(descriptor) }
    return unsafe connect(descriptor, address.ai_addr, address.ai_addrlen) == 0
  }
}
