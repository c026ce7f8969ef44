import Model

extension StoreReader {
  /// The group that primaryGroupID names. Its `member` does not list the user (MS-ADTS 3.1.1.1.8.6, MS-SAMR 3.1.1.8.2).
  package func primaryGroup(of object: ObjectRecord) throws -> ObjectRecord? {
    guard let relativeIdentifier = object.primaryGroupRID,
      let domain = try source(object.source)?.domainSID, let sid = domain.account(relativeIdentifier)
    else { return nil }
    return try self.object(sid, in: object.source)
  }

  /// Live users whose primary group that is.
  package func primaryMembers(of group: ObjectRecord) throws -> [ObjectID] {
    guard group.objectClass == .group, let sid = group.sid, let relativeIdentifier = sid.relativeIdentifier,
      let domain = try source(group.source)?.domainSID, domain.account(relativeIdentifier) == sid
    else { return [] }
    return try users(withPrimaryGroup: relativeIdentifier, in: group.source)
  }
}
