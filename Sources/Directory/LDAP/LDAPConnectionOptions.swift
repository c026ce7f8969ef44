/// How to reach one server and as whom.
package struct LDAPConnectionOptions: Sendable {
  /// Name or address; the certificate must hold it, and Kerberos makes the service name of it.
  package var host: String
  /// Nil means 636 for LDAPS, otherwise 389.
  package var port: UInt16?
  package var security: LDAPSecurity
  package var credentials: LDAPCredentials
  /// PEM file of the CAs to trust; nil means those that the host's LDAP configuration or the system trusts.
  package var caFile: String?
  /// For each step of getting connected: reaching the host, TLS, bind.
  package var connectTimeout: Duration
  /// How long the server may be silent while it owes an answer.
  package var responseTimeout: Duration

  package init(
    host: String,
    port: UInt16? = nil,
    security: LDAPSecurity,
    credentials: LDAPCredentials,
    caFile: String? = nil,
    connectTimeout: Duration = .seconds(5),
    responseTimeout: Duration = .seconds(300)
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
    self.caFile = caFile
    self.connectTimeout = connectTimeout
    self.responseTimeout = responseTimeout
  }

  /// Always with the scheme of plain LDAP: TLS is a step of its own, so that its failures can be told from the network's.
  func url() throws(LDAPError) -> String {
    let isHost =
      !host.isEmpty
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
    guard isHost else { throw LDAPError(.connect, .parameterError, "it is neither a host name nor an address") }
    return "ldap://\(host.contains(":") ? "[\(host)]" : host):\(port ?? security.defaultPort)"
  }
}

/// What protects the connection; there is no mode without protection.
package enum LDAPSecurity: String, Hashable, Sendable, CaseIterable {
  case ldaps
  case startTLS = "starttls"
  /// Plain LDAP whose every message Kerberos signs and encrypts. Needs GSSAPI.
  case signAndSeal = "sign-and-seal"

  package var defaultPort: UInt16 { self == .ldaps ? 636 : 389 }
}

package enum LDAPCredentials: Sendable {
  /// - Parameter identity: a DN, a userPrincipalName or `DOMAIN\user` (MS-ADTS 5.1.1.1.1).
  /// - Parameter password: asked for at each bind, so that a changed one is taken up; what it throws is told as the reason.
  case simple(identity: String, password: @Sendable () throws -> [UInt8])
  /// SASL GSSAPI with a key of a keytab file, which is read anew at each bind. Nil takes the file's first principal.
  case gssapi(keytab: String, principal: String?)
}

extension LDAPCredentials: CustomStringConvertible {
  /// The identity, never the password.
  package var description: String {
    switch self {
    case .simple(let identity, _): identity
    case .gssapi(let keytab, let principal): principal ?? "the first principal of \(keytab)"
    }
  }
}
