import Model

/// A foreignSecurityPrincipal stands in a domain for an object of another one, whose SID it bears (MS-ADTS 3.1.1.5.2.3).
extension StoreReader {
  /// The object that a member value means: itself, or the one that a foreignSecurityPrincipal stands for, as soon as its
  /// domain is read. Unresolved, it is what it is.
  package func principal(_ member: ObjectRecord) throws -> ObjectRecord {
    guard member.objectClass == .foreignSecurityPrincipal, let sid = member.sid else { return member }
    let meant = try objects(sid).filter { $0.source != member.source && $0.objectClass != .foreignSecurityPrincipal }
    return meant.first(where: \.isLive) ?? meant.first ?? member
  }

  /// The foreignSecurityPrincipals that stand for the object in other domains.
  package func principals(of object: ObjectRecord) throws -> [ObjectRecord] {
    guard let sid = object.sid, object.objectClass != .foreignSecurityPrincipal else { return [] }
    return try foreignPrincipals(sid).filter { $0.source != object.source }
  }

  /// Groups that hold one of these, whether they live or not.
  package func groupsHoldingPrincipal(of object: ObjectRecord) throws -> [ObjectID] {
    try principals(of: object).flatMap { try groups(withMember: $0.guid) }
  }
}
