package import Engine
package import LDAP
package import Logging
package import Model

/// The port of the engine on a domain of Active Directory, read with LDAP.
package struct ActiveDirectoryDomain: Directory {
  let options: ActiveDirectoryOptions
  let time: any TimeSource
  let logger: Logger
  let knowledge = ReadKnowledge()
  private let sessions: ControllerSessions

  /// - Parameters:
  ///   - connector: how a domain controller is reached; only simulations have another way than libldap's.
  ///   - locator: where domain controllers are found of which the options name none.
  package init(
    _ options: ActiveDirectoryOptions,
    connector: @escaping LDAPConnector = { try await LDAPConnection.open($0) },
    locator: any ServiceLocator = SystemServiceLocator(),
    time: any TimeSource,
    logger: Logger
  ) {
    self.options = options
    self.time = time
    self.logger = logger
    sessions = ControllerSessions(options, connector: connector, locator: locator, time: time, logger: logger)
  }

  package func describe() async throws -> DirectoryDescription {
    try await withSession { session in
      let root = try await RootEntry.read(from: session.connection)
      return DirectoryDescription(
        namingContext: session.namingContext,
        namingContextGUID: session.namingContextGUID,
        domainSID: session.domainSID,
        controller: session.name,
        invocationID: session.invocationID,
        highestCommittedUSN: root.highestCommittedUSN,
        method: session.method,
        identity: "\(options.credentials)",
        deletionLifetime: try await DeletionLifetime.read(session)
      )
    }
  }

  package func pulse() async throws -> DirectoryPulse {
    try await withSession { session in
      let root = try await RootEntry.read(from: session.connection)
      return DirectoryPulse(invocationID: session.invocationID, highestCommittedUSN: root.highestCommittedUSN)
    }
  }

  package func locate(_ name: DistinguishedName) async throws -> LocatedObject? {
    try await withSession { session in
      let entry: LDAPEntry?
      do {
        entry = try await session.connection.entry(
          LDAPSearch(base: "\(name)", attributes: ["objectGUID", "objectClass"], controls: [.domainScope])
        )
      } catch let error as LDAPError where error.code == .referral {
        return nil  // a place in another domain
      } catch let error as LDAPError where error.code == .invalidDNSyntax {
        throw DirectoryError.unexpected(detail: "'\(name)' is no DN to \(session.controller): \(error.detail)")
      }
      guard let entry else { return nil }
      guard let guid = entry["objectGUID"]?.first.flatMap({ GUID(bytes: $0) }), let classes = entry["objectClass"],
        let place = try? DistinguishedName(parsing: String(decoding: entry.name, as: UTF8.self))
      else {
        throw DirectoryError.rightsMissing(
          what: "read objectGUID and objectClass of \(name)",
          detail: "\(session.controller) shows them not"
        )
      }
      return LocatedObject(
        guid: guid,
        objectClass: ObjectClass(values: classes.map { String(decoding: $0, as: UTF8.self) }),
        name: place
      )
    }
  }

  package func disconnect() async {
    await sessions.closeAll()
  }

  /// Lends a session for `body`. What `body` throws as `LDAPError` is thrown as what it means.
  func withSession<Result>(_ body: (DomainSession) async throws -> Result) async throws -> Result {
    let loan = try await sessions.take()
    do {
      let result = try await body(loan.session)
      await sessions.giveBack(loan, isHealthy: true)
      return result
    } catch let error as LDAPError {
      await sessions.giveBack(loan, isHealthy: !error.code.endsConnection)
      throw DirectoryError(error, controller: loan.session.controller, identity: "\(options.credentials)")
    } catch {
      // Perhaps in the middle of an answer, whose rest would have to be waited for.
      await sessions.giveBack(loan, isHealthy: false)
      throw error
    }
  }
}
