package import Model

/// One object of the connector space.
package struct ObjectRecord: Hashable, Sendable {
  package let id: ObjectID
  package let guid: GUID
  /// The domain it is in; it changes with a move between domains, which keeps the GUID (MS-ADTS 3.1.1.5.4.2).
  package var source: SourceID
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
  /// Another domain says that it has the object, which the one it is in has not denied yet.
  package var claimant: SourceID?
  /// When its domain was first seen not to know it any more; it may have moved to another one, which has not shown it yet.
  package var missingSince: Timestamp?

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
