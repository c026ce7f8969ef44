package import Model

/// What one entry of the directory says about one object. Nil, or absent from a list, means that it says nothing.
///
/// The same object may come several times in one answer, with its attributes and its link values apart
/// (MS-DRSR 5.115.5); they are applied in order of arrival.
package struct DirectoryChange: Hashable, Sendable {
  package var guid: GUID
  /// False is an explicit "no longer": the object was restored.
  package var isDeleted: Bool?
  package var isRecycled: Bool?
  /// Value of the RDN; comes with `parent` on create, rename and move.
  package var name: String?
  /// Nil with a `name` on the root of the naming context.
  package var parent: GUID?
  package var objectClass: ObjectClass?
  package var sid: SID?
  package var primaryGroupRID: UInt32?
  package var lastKnownParent: GUID?
  /// Changed attributes; no values means removed.
  package var attributes: [AttributeName: [[UInt8]]]
  package var members: MemberChange

  /// How much longer the memberships last that end by themselves (MS-ADTS 3.1.1.9.2), by member.
  package var memberLifetimes: [GUID: Duration]
  /// The entry does not tell the object whole: it is to be read in full.
  package var needsFullRead: Bool

  package enum MemberChange: Hashable, Sendable {
    case unchanged
    case difference(added: [GUID], removed: [GUID])
    /// The whole list, from a read in full.
    case all([GUID])
  }

  /// The groups whose `member` names the object; only from a read in full.
  package var memberOf: [GUID]?

  package init(
    guid: GUID,
    isDeleted: Bool? = nil,
    isRecycled: Bool? = nil,
    name: String? = nil,
    parent: GUID? = nil,
    objectClass: ObjectClass? = nil,
    sid: SID? = nil,
    primaryGroupRID: UInt32? = nil,
    lastKnownParent: GUID? = nil,
    attributes: [AttributeName: [[UInt8]]] = [:],
    members: MemberChange = .unchanged,
    memberOf: [GUID]? = nil,
    memberLifetimes: [GUID: Duration] = [:],
    needsFullRead: Bool = false
  ) {
    self.guid = guid
    self.isDeleted = isDeleted
    self.isRecycled = isRecycled
    self.name = name
    self.parent = parent
    self.objectClass = objectClass
    self.sid = sid
    self.primaryGroupRID = primaryGroupRID
    self.lastKnownParent = lastKnownParent
    self.attributes = attributes
    self.members = members
    self.memberOf = memberOf
    self.memberLifetimes = memberLifetimes
    self.needsFullRead = needsFullRead
  }
}
