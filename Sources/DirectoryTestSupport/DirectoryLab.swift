import ActiveDirectory
import Engine
import LDAP
import Logging
import Model
import Synchronization
import TestSupport

/// The directory under test, as its service account sees it.
extension LabEnvironment {
  func options(
    controllers: [String]? = nil,
    security: LDAPSecurity = .ldaps,
    credentials: LDAPCredentials? = nil,
    caFile: String? = nil,
    domain: String? = nil
  ) throws -> ActiveDirectoryOptions {
    ActiveDirectoryOptions(
      domain: try domain ?? self["LAB_DOMAIN"],
      controllers: try (controllers ?? [self["LAB_ADDRESS"]]).compactMap { DomainController($0) },
      security: security,
      credentials: try credentials ?? servicePassword(),
      caFile: try caFile ?? self["LAB_CA_FILE"]
    )
  }

  func servicePassword() throws -> LDAPCredentials {
    let password = try password("LAB_SERVICE_PASSWORD_FILE")
    return .simple(identity: try self["LAB_SERVICE_USER"], password: { password })
  }

  func directory(_ options: ActiveDirectoryOptions? = nil) throws -> ActiveDirectoryDomain {
    ActiveDirectoryDomain(
      try options ?? self.options(),
      time: ManualTime(),
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    )
  }
}

extension ActiveDirectoryDomain {
  static let kept: Set<AttributeName> = ["mail", "title", "userAccountControl", "sAMAccountName", "manager"]

  /// One answer of DirSync in one list.
  func changes(since cookie: [UInt8]?) async throws -> (changes: [DirectoryChange], cookie: [UInt8]) {
    let all = Mutex<[DirectoryChange]>([])
    let end = try await changes(since: cookie, attributes: Self.kept) { changes in all.withLock { $0 += changes } }
    return (all.withLock(\.self), end.cookie)
  }

  /// The one change to the object since the cookie, which is moved.
  func change(of guid: GUID, since cookie: inout [UInt8]) async throws -> DirectoryChange? {
    let (changes, end) = try await changes(since: cookie)
    cookie = end
    return changes.last { $0.guid == guid }
  }

  func guid(_ name: String) async throws -> GUID? {
    try await locate(DistinguishedName(parsing: name))?.guid
  }
}
