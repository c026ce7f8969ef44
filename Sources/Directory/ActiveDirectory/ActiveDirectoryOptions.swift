package import LDAP

/// How one domain is reached.
package struct ActiveDirectoryOptions: Sendable {
  /// DNS name of the domain.
  package var domain: String
  /// Tried in this order, the one in use first; never empty.
  package var controllers: [DomainController]
  package var security: LDAPSecurity
  package var credentials: LDAPCredentials
  /// PEM file of the CAs to trust; nil means those that the host's LDAP configuration or the system trusts.
  package var caFile: String?
  /// For each step of getting connected: reaching the host, TLS, bind.
  package var connectTimeout: Duration
  /// How long a domain controller may be silent while it owes an answer. It searches for up to a minute before it
  /// answers DirSync (MaxDirSyncDuration, MS-ADTS 3.1.1.3.4.6).
  package var responseTimeout: Duration

  package init(
    domain: String,
    controllers: [DomainController],
    security: LDAPSecurity,
    credentials: LDAPCredentials,
    caFile: String? = nil,
    connectTimeout: Duration = .seconds(5),
    responseTimeout: Duration = .seconds(300)
  ) {
    self.domain = domain
    self.controllers = controllers
    self.security = security
    self.credentials = credentials
    self.caFile = caFile
    self.connectTimeout = connectTimeout
    self.responseTimeout = responseTimeout
  }

  func connectionOptions(for controller: DomainController) -> LDAPConnectionOptions {
    LDAPConnectionOptions(
      host: controller.host,
      port: controller.port,
      security: security,
      credentials: credentials,
      caFile: caFile,
      connectTimeout: connectTimeout,
      responseTimeout: responseTimeout
    )
  }
}

/// Where a domain controller listens: `dc1.example.com`, `192.0.2.1:3890`, `[2001:db8::1]:636` or `2001:db8::1`.
package struct DomainController: Hashable, Sendable {
  package let host: String
  /// Nil means the port that goes with the way of protection.
  package let port: UInt16?

  package init(host: String, port: UInt16? = nil) {
    self.host = host
    self.port = port
  }

  /// Nil when the text is not in one of these forms.
  package init?(_ text: String) {
    let host: Substring
    let rest: Substring
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
      host = text[..<colon]
      rest = text[colon...]
    } else {
      host = text[...]
      rest = ""
    }
    let isHost = !host.isEmpty && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._:".contains($0)) }
    guard isHost else { return nil }
    if rest.isEmpty {
      self.init(host: String(host))
    } else {
      guard rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
      self.init(host: String(host), port: port)
    }
  }
}

extension DomainController: CustomStringConvertible {
  package var description: String {
    guard let port else { return host }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
