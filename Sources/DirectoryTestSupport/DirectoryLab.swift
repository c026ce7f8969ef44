package import ActiveDirectory
package import Engine
import Glibc
package import LDAP
import Logging
package import Model
import Synchronization
package import TestSupport

/// The directory under test, as its service account sees it.
extension LabEnvironment {
  package func options(
    controllers: [String]? = nil,
    security: LDAPSecurity = .ldaps,
    credentials: LDAPCredentials? = nil,
    caFile: String? = nil,
    domain: String? = nil,
    method: MethodChoice = .automatic
  ) throws -> ActiveDirectoryOptions {
    ActiveDirectoryOptions(
      domain: try domain ?? self["LAB_DOMAIN"],
      controllers: try (controllers ?? [self["LAB_ADDRESS"]]).compactMap { DomainController($0) },
      method: method,
      security: security,
      credentials: try credentials ?? servicePassword(),
      caFile: try caFile ?? self["LAB_CA_FILE"]
    )
  }

  package func servicePassword() throws -> LDAPCredentials {
    let password = try password("LAB_SERVICE_PASSWORD_FILE")
    return .simple(identity: try self["LAB_SERVICE_USER"], password: { password })
  }

  package func keytab() throws -> LDAPCredentials {
    .gssapi(keytab: try self["LAB_KEYTAB"], principal: try self["LAB_PRINCIPAL"])
  }

  /// Kerberos needs the controllers' names; they resolve within `lab.sh exec` only.
  package static var namesResolve: Bool {
    guard let name = try? shared?["LAB_DC"] else { return false }
    var list: UnsafeMutablePointer<addrinfo>?
    defer { if unsafe list != nil { unsafe freeaddrinfo(list) } }
    return unsafe getaddrinfo(name, nil, nil, &list) == 0
  }

  package static let namelessness = "the lab's names do not resolve here; run within: scripts/lab/lab.sh exec"

  package func directory(
    _ options: ActiveDirectoryOptions? = nil,
    time: ManualTime = ManualTime()
  ) throws -> ActiveDirectoryDomain {
    ActiveDirectoryDomain(
      try options ?? self.options(),
      time: time,
      logger: .quiet
    )
  }
}

extension ActiveDirectoryDomain {
  package static let kept: Set<AttributeName> = ["mail", "title", "userAccountControl", "sAMAccountName", "manager"]

  /// One answer of DirSync in one list.
  package func changes(since cookie: [UInt8]?) async throws -> (changes: [DirectoryChange], cookie: [UInt8]) {
    let all = Mutex<[DirectoryChange]>([])
    let end = try await changes(since: cookie, attributes: Self.kept) { changes in all.withLock { $0 += changes } }
    return (all.withLock(\.self), end.cookie)
  }

  /// The one change to the object since the cookie, which is moved.
  package func change(of guid: GUID, since cookie: inout [UInt8]) async throws -> DirectoryChange? {
    let (changes, end) = try await changes(since: cookie)
    cookie = end
    return changes.last { $0.guid == guid }
  }

  package func guid(_ name: String) async throws -> GUID? {
    try await locate(DistinguishedName(parsing: name))?.guid
  }
}
