package import Engine
package import LDAP

/// How one domain is reached.
package struct ActiveDirectoryOptions: Sendable {
  /// DNS name of the domain.
  package var domain: String
  /// In the order of preference. Empty means that DNS names them.
  package var controllers: [DomainController]
  /// Whose domain controllers are preferred among those that DNS names; nil means the site that a domain controller finds
  /// this host to be in.
  package var site: String?
  package var method: MethodChoice
  package var security: LDAPSecurity
  package var credentials: LDAPCredentials
  /// PEM file of the CAs to trust; nil means those that the host's LDAP configuration or the system trusts.
  package var caFile: String?
  /// For each step of getting connected: reaching the host, TLS, bind.
  package var connectTimeout: Duration
  /// How long a domain controller may be silent while it owes an answer. It searches for up to a minute before it
  /// answers DirSync (MaxDirSyncDuration, MS-ADTS 3.1.1.3.4.6).
  package var responseTimeout: Duration
  /// How long a lost controller alone is tried before another one is. A restart takes less, and a change of controller
  /// costs a repetition of changes and the wait until the other one is not behind.
  package var failoverDelay: Duration

  package init(
    domain: String,
    controllers: [DomainController],
    site: String? = nil,
    method: MethodChoice = .automatic,
    security: LDAPSecurity,
    credentials: LDAPCredentials,
    caFile: String? = nil,
    connectTimeout: Duration = .seconds(5),
    responseTimeout: Duration = .seconds(300),
    failoverDelay: Duration = .seconds(45)
  ) {
    self.domain = domain
    self.controllers = controllers
    self.site = site
    self.method = method
    self.security = security
    self.credentials = credentials
    self.caFile = caFile
    self.connectTimeout = connectTimeout
    self.responseTimeout = responseTimeout
    self.failoverDelay = failoverDelay
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

/// How changes are to be read.
package enum MethodChoice: Hashable, Sendable {
  /// DirSync as far as the domain controller lets the account: with the object-security flag, which needs no right, or
  /// else with the replication right. Polling of uSNChanged where it does not at all.
  case automatic
  case always(ReadMethod)
}
