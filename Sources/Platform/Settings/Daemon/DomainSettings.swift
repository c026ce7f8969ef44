/// How one domain is reached and read.
package struct DomainSettings: Hashable, Sendable {
  /// DNS name in lower case.
  package let name: String
  /// DNS names or IPv4 addresses, in the order in which they are tried; empty means that DNS names them.
  package let controllers: [String]
  /// Whose controllers are preferred among those that DNS names; nil means the one that a controller finds this host in.
  package let site: String?
  package let changes: ChangesMethod
  package let security: ConnectionSecurity
  /// PEM file of the CAs that may have issued the controllers' certificates; nil means the system's.
  package let caFile: String?
  package let authentication: DirectoryAuthentication
}

/// How changes are read.
package enum ChangesMethod: String, Sendable, CaseIterable {
  /// The first of the others that the domain controller allows.
  case automatic
  /// DirSync of what the account may read.
  case objectSecurity = "object-security"
  /// DirSync with the right to replicate directory changes.
  case replication
  /// Polling of uSNChanged.
  case updateSequence = "usn-changed"
}

/// What protects the connection to a domain controller.
package enum ConnectionSecurity: String, Sendable, CaseIterable {
  /// TLS from the first byte, port 636.
  case ldaps
  /// TLS after an extended operation, port 389 (RFC 4511 section 4.14).
  case startTLS = "starttls"
  /// The security layer of GSSAPI, port 389; goes with a keytab only.
  case signAndSeal = "sign-and-seal"
}

package enum DirectoryAuthentication: Hashable, Sendable {
  /// Simple bind. `user` is a userPrincipalName, DOMAIN\name or a DN.
  case password(user: String, SecretSource)
  /// Kerberos as `principal`, with a key of the keytab at that path.
  case keytab(path: String, principal: String)
}
