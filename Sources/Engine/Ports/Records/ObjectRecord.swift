package import Model

/// One object of the connector space.
package struct ObjectRecord: Hashable, Sendable {
  package let id: ObjectID
  package let guid: GUID
  package let source: SourceID
  package var parent: ObjectID?
  /// Value of the RDN.
  package var name: String
  /// Nil for a placeholder: only known because a child or a member value named it.
  package var objectClass: ObjectClass?
  package var sid: SID?
  package var primaryGroupRID: UInt32?
  package var isLive: Bool
  package var deletedAt: Timestamp?
  package var lastKnownParent: GUID?
  package var image: Image
  package var generation: Int64
  /// Its image must be read in full before anything is decided from it.
  package var isSuspect: Bool

  /// The directory has given it the name of a conflict's loser (MS-DRSR 4.1.10.6.13).
  package var isConflicting: Bool { name.contains("\nCNF:") }

  package init(
    id: ObjectID,
    guid: GUID,
    source: SourceID,
    parent: ObjectID? = nil,
    name: String = "",
    objectClass: ObjectClass? = nil,
    sid: SID? = nil,
    primaryGroupRID: UInt32? = nil,
    isLive: Bool = true,
    deletedAt: Timestamp? = nil,
    lastKnownParent: GUID? = nil,
    image: Image = Image(),
    generation: Int64 = 0,
    isSuspect: Bool = false
  ) {
    self.id = id
    self.guid = guid
    self.source = source
    self.parent = parent
    self.name = name
    self.objectClass = objectClass
    self.sid = sid
    self.primaryGroupRID = primaryGroupRID
    self.isLive = isLive
    self.deletedAt = deletedAt
    self.lastKnownParent = lastKnownParent
    self.image = image
    self.generation = generation
    self.isSuspect = isSuspect
  }
}
