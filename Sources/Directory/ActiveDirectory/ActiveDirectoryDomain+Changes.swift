package import Engine
import LDAP
package import Model

extension ActiveDirectoryDomain {
  package func changes(
    since cookie: [UInt8]?,
    attributes: Set<AttributeName>,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    try await withSession { session in
      try await ConfidentialAttributes(session: session, logger: logger).refuse(attributes)
      knowledge.learn(cookie)
      let reader = EntryReader(keeping: attributes, namingContext: session.namingContextGUID, logger: logger)
      switch session.method {
      case .updateSequence:
        return try await Polling(session: session, attributes: attributes, reader: reader, now: time.now())
          .changes(since: cookie, deliver: deliver)
      case .objectSecurity:
        return try await dirSync([.objectSecurity, .incrementalValues], session, cookie, attributes, reader, deliver)
      case .replication:
        return try await dirSync([.incrementalValues], session, cookie, attributes, reader, deliver)
      }
    }
  }

  private func dirSync(
    _ flags: DirSyncRequest.Flags,
    _ session: DomainSession,
    _ cookie: [UInt8]?,
    _ attributes: Set<AttributeName>,
    _ reader: EntryReader,
    _ deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    do {
      let request = DirSyncRequest(flags: flags, maximumBytes: DirSyncScope.maximumBytes, cookie: cookie ?? [])
      let search = LDAPSearch(
        base: session.base,
        scope: .subtree,
        filter: DirSyncScope.filter,
        attributes: DirSyncScope.attributes(keeping: attributes),
        controls: [try request.control(), .extendedDN, .showDeleted] + session.lifetimeControls
      )
      let controls = try await session.connection.search(search) { entries in
        let changes = try entries.compactMap { try reader.change(from: $0) }
        if !changes.isEmpty { try await deliver(changes) }
      }
      guard let control = controls.first(where: { $0.identifier == DirSyncRequest.identifier }) else {
        throw DirectoryError.unexpected(detail: "\(session.controller) answered DirSync without a cookie")
      }
      let response = try DirSyncResponse(control)
      return ChangesEnd(cookie: response.cookie, hasMore: response.hasMore)
    } catch let error as LDAPError where !error.code.endsConnection {
      throw DirectoryError(
        dirSync: error,
        base: session.base,
        controller: session.controller,
        identity: "\(options.credentials)",
        sentCookie: cookie?.isEmpty == false
      )
    }
  }
}

extension DomainSession {
  /// Memberships that end by themselves exist only where the server knows this control.
  var lifetimeControls: [LDAPControl] {
    root.supports(LDAPControl.linkTTL.identifier) ? [.linkTTL] : []
  }
}

/// What is asked of DirSync. All that could ever come into scope: the filter sees the present state only, so that an object
/// which ceases to match it would vanish without a word.
enum DirSyncScope {
  /// The server makes it less where it must (MS-ADTS 3.1.1.3.4.1.3).
  static let maximumBytes: Int32 = 10 << 20

  /// By objectClass, which a deleted object keeps, unlike its objectCategory. Computers are users to AD.
  static let filter: String = {
    let classes = [
      "user", "group", "contact", "organizationalUnit", "container", "builtinDomain", "domainDNS", "lostAndFound",
      "foreignSecurityPrincipal",
    ]
    return "(&(|" + classes.map { "(objectClass=\($0))" }.joined() + ")(!(objectClass=computer)))"
  }()

  /// objectGUID and instanceType come unasked; parentGUID comes with `name`.
  private static let fixed: [AttributeName] = [
    "objectClass", "name", "objectSid", "isDeleted", "isRecycled", "lastKnownParent", "member", "primaryGroupID",
  ]

  static func attributes(keeping attributes: Set<AttributeName>) -> [String] {
    Set(fixed).union(attributes).subtracting(noise).map(\.folded).sorted()
  }

  /// Changes of it are told of every user every other week, and nobody provisions it.
  static let noise: Set<AttributeName> = ["lastLogonTimestamp"]
}
