package import Model

/// All that one replica of the domain shows at one moment: what the cloud is to be computed from.
package struct DirectoryState: Sendable {
  /// DNS name of the domain.
  package var domain: String
  package var domainSID: SID
  package var objects: [GUID: DirectoryEntry]
  package var now: Timestamp
  /// Of the same forest: their groups may hold objects of this one, and the other way round.
  package var others: [DirectoryState] = []

  package init(domain: String, domainSID: SID, now: Timestamp, objects: [GUID: DirectoryEntry] = [:]) {
    self.domain = domain
    self.domainSID = domainSID
    self.now = now
    self.objects = objects
  }

  /// Whether it lives in this domain or another one.
  package func isLive(_ guid: GUID) -> Bool {
    objects[guid]?.isDeleted == false || others.contains { $0.isLive(guid) }
  }
}

/// One object as the directory holds it. Deleted ones are listed too: that they are known is evidence.
package struct DirectoryEntry: Sendable, Hashable {
  package var objectClass: ObjectClass
  package var name: String
  package var parent: GUID?
  package var sid: SID?
  package var primaryGroupRID: UInt32?
  package var isDeleted: Bool
  package var attributes: [String: [[UInt8]]]
  /// Those that a read of the group shows.
  package var members: Set<GUID>

  /// - Parameter attributes: by lDAPDisplayName in lower case.
  package init(
    _ objectClass: ObjectClass,
    name: String,
    parent: GUID? = nil,
    sid: SID? = nil,
    primaryGroupRID: UInt32? = nil,
    isDeleted: Bool = false,
    attributes: [String: [[UInt8]]] = [:],
    members: Set<GUID> = []
  ) {
    self.objectClass = objectClass
    self.name = name
    self.parent = parent
    self.sid = sid
    self.primaryGroupRID = primaryGroupRID
    self.isDeleted = isDeleted
    self.attributes = attributes
    self.members = members
  }

  /// The smallest of the values that are UTF-8.
  func text(_ attribute: String) -> String? {
    (attributes[attribute] ?? []).compactMap { String(validating: $0, as: UTF8.self) }.sorted().first
  }

  func number(_ attribute: String) -> Int64? {
    text(attribute).flatMap { Int64($0) }
  }
}
