import Engine
import LDAP
import Model

/// A connection to one domain controller and what stays the same as long as it lasts.
struct DomainSession: Sendable {
  let controller: DomainController
  let connection: any LDAPClient
  /// DN of the domain's naming context, as the domain controller writes it.
  let base: String
  let namingContext: DistinguishedName
  let namingContextGUID: GUID
  let domainSID: SID
  /// DNS name by which the domain controller knows itself.
  let name: String
  let invocationID: GUID
  let root: RootEntry
  let openAttributes = OpenAttributes()
  /// How changes are read from this controller.
  var method = ReadMethod.objectSecurity
  /// When this controller came into use.
  var inUseSince = Timestamp(milliseconds: 0)
  /// When the connection was made.
  var openedAt = Timestamp(milliseconds: 0)

  /// Connects and makes sure that it is a domain controller of `options.domain` from which DirSync may be read.
  ///
  /// - Throws: `DirectoryError` that names the controller, or `CancellationError`.
  static func open(
    _ controller: DomainController,
    _ options: ActiveDirectoryOptions,
    connect: LDAPConnector
  ) async throws -> DomainSession {
    do {
      let connection = try await connect(options.connectionOptions(for: controller))
      return try await DomainSession(controller, connection, domain: options.domain)
    } catch let error as LDAPError {
      throw DirectoryError(error, controller: controller, identity: "\(options.credentials)")
    }
  }

  private init(_ controller: DomainController, _ connection: any LDAPClient, domain: String) async throws {
    self.controller = controller
    self.connection = connection
    let root = try await RootEntry.read(from: connection)
    guard let namingContext = try? DistinguishedName(parsing: root.defaultNamingContext) else {
      throw DirectoryError.unexpected(detail: "\(controller) has no default naming context; it is no domain controller")
    }
    guard namingContext.domain.lowercased() == domain.lowercased() else {
      throw DirectoryError.unusableSettings(
        detail:
          "\(controller) serves the domain \(namingContext.domain), not \(domain). Correct the domain's name or its"
          + " controllers in the configuration"
      )
    }
    // Its replica is still being filled: what is missing in it would look like deleted.
    guard root.isSynchronized else {
      throw DirectoryError.unreachable(
        controller: "\(controller)",
        detail: "it has not finished its first replication (isSynchronized is not TRUE)"
      )
    }
    guard !root.isReadOnly else {
      throw DirectoryError.unexpected(
        detail: "\(controller) is a read-only domain controller, which does not offer DirSync. Writable ones are needed"
      )
    }
    self.root = root
    self.namingContext = namingContext
    base = root.defaultNamingContext
    name = root.dnsHostName
    let service = try await connection.entry(
      LDAPSearch(base: root.dsServiceName, attributes: ["invocationId"])
    )
    let head = try await connection.entry(
      LDAPSearch(base: base, attributes: ["objectGUID", "objectSid"])
    )
    guard let invocationID = service?["invocationId"]?.first.flatMap({ GUID(bytes: $0) }) else {
      throw DirectoryError.rightsMissing(
        what: "read invocationId of \(String(printable: root.dsServiceName.utf8))",
        detail: "\(controller) shows none"
      )
    }
    guard let guid = head?["objectGUID"]?.first.flatMap({ GUID(bytes: $0) }),
      let sid = head?["objectSid"]?.first.flatMap({ SID(bytes: $0) })
    else {
      throw DirectoryError.rightsMissing(
        what: "read objectGUID and objectSid of \(base)",
        detail: "\(controller) shows them not"
      )
    }
    self.invocationID = invocationID
    namingContextGUID = guid
    domainSID = sid
  }
}
