package import Engine
import LDAP
package import Model

extension ActiveDirectoryDomain {
  package func read(
    _ guids: [GUID],
    attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> [GUID: DirectoryChange?] {
    try await withSession { session in
      if let cookie, !guids.isEmpty {
        let timeInUse = Duration.milliseconds(time.now().milliseconds - session.inUseSince.milliseconds)
        let known = knowledge.present
        try await ControllerProgress(session: session, timeInUse: timeInUse, known: known, logger: logger).require(
          cookie
        )
      }
      let reader = EntryReader(keeping: attributes, namingContext: session.namingContextGUID, logger: logger)
      let objects = FullRead(session: session, attributes: attributes)
      var found: [GUID: DirectoryChange?] = [:]
      for guid in guids {
        let change = try await objects.entry(guid).map { try reader.object(from: $0) }
        found.updateValue(change, forKey: guid)
      }
      return found
    }
  }
}

/// Reads single objects with all values of their attributes.
struct FullRead {
  let session: DomainSession
  let attributes: Set<AttributeName>

  private static let fixed: [AttributeName] = [
    "objectGUID", "instanceType", "objectClass", "name", "parentGUID", "objectSid", "isDeleted", "isRecycled",
    "lastKnownParent", "member", "memberOf", "primaryGroupID", "uSNChanged",
  ]

  static func names(keeping attributes: Set<AttributeName>, withGroups: Bool = true) -> [String] {
    Set(fixed).union(attributes).subtracting(DirSyncScope.noise).subtracting(withGroups ? [] : ["memberOf"])
      .map(\.folded).sorted()
  }

  private static let maximumTries = 3

  /// Nil when the directory does not know the object.
  func entry(_ guid: GUID) async throws -> LDAPEntry? {
    for _ in 0..<Self.maximumTries {
      guard let first = try await search(guid, for: Self.names(keeping: attributes)) else {
        return nil
      }
      var values = RangedValues(first)
      guard !values.isComplete else { return values.entry }
      while !values.isComplete {
        guard let more = try await search(guid, for: values.missing + ["uSNChanged"]) else { return nil }
        try values.append(more)
        // The blocks belong together only if the object stayed as it was between them.
        guard more["uSNChanged"] == first["uSNChanged"] else { break }
      }
      if values.isComplete { return values.entry }
    }
    throw LDAPError(.search, .busy, "object \(guid) changed each time while its values were read")
  }

  private func search(_ guid: GUID, for attributes: [String]) async throws -> LDAPEntry? {
    try await session.connection.entry(
      LDAPSearch(
        base: "<GUID=\(guid)>",
        attributes: attributes,
        controls: [.showDeleted, .showRecycled, .extendedDN, .domainScope] + session.lifetimeControls
      )
    )
  }
}
