package import Model

/// An object that went to another domain. Its own domain keeps no tombstone, only the knowledge that this life of it is
/// over, which replicates (MS-ADTS 3.1.1.5.4.2).
package struct Departure: Sendable {
  let guid: GUID
  /// Of its objectClass: the object may come back, and then has another.
  let birth: Stamp
  var stamp: Stamp
}

/// What an object takes with it to another domain: all but its SID and what belongs to its place.
package struct MovingObject: Sendable {
  package let guid: GUID
  let objectClass: ObjectClass
  package let name: String
  let values: [AttributeName: [[UInt8]]]
  /// Of a group, with the end of each membership.
  package let members: [GUID: Timestamp?]
}

extension Replica {
  /// - Throws: also for what has children, or is the primary group of somebody.
  func readForMove(_ guid: GUID, schema: Schema, at now: Timestamp) throws(SimulatorError) -> MovingObject {
    let object = try live(guid)
    guard !places.all.contains(guid) else { throw .isProtected(guid) }
    guard children(of: guid).isEmpty else { throw .hasChildren(guid) }
    if object.objectClass == .group, let relativeID = object.sid?.relativeIdentifier,
      objects.values.contains(where: { !$0.isDeleted && $0.primaryGroupRID == relativeID })
    {
      throw .isProtected(guid)
    }
    var values: [AttributeName: [[UInt8]]] = [:]
    for value in object.attributes where !value.values.isEmpty && !Self.ownAttributes.contains(value.id) {
      values[AttributeName(schema[value.id].name)] = value.values
    }
    var members: [GUID: Timestamp?] = [:]
    for member in targets(.member, of: object, at: now) {
      let link = object.links[LinkKey(attribute: .member, target: member)]
      members.updateValue(link?.expiry, forKey: member)
    }
    return MovingObject(
      guid: guid,
      objectClass: object.objectClass,
      name: Self.unmangled(object.name),
      values: values,
      members: members
    )
  }

  private static let ownAttributes: Set<AttributeID> = [
    .objectClass, .name, .objectSid, .isDeleted, .isRecycled, .lastKnownParent, .member, .manager, .primaryGroupID,
  ]

  /// Groups of this domain keep it as a member, by its objectGUID.
  mutating func depart(_ guid: GUID, at time: Int64) {
    guard let birth = objects[guid]?[.objectClass]?.stamp else { return }
    originate(at: time) { replica, origin in
      replica.note(Departure(guid: guid, birth: birth, stamp: origin.stamp(after: nil)))
      replica.objects[guid] = nil
      replica.addPhantom(guid)
    }
  }

  mutating func arrive(
    _ moving: MovingObject,
    in parent: GUID,
    sid: SID?,
    values: [(AttributeID, [[UInt8]])],
    at now: Timestamp
  ) throws(SimulatorError) {
    // It was here before, and not everybody knows yet that it left; or it is deleted here.
    guard objects[moving.guid] == nil else { throw .isProtected(moving.guid) }
    let object = DirectoryObject(moving.guid, moving.objectClass, sid: sid, createdUSN: usn + 1)
    try create(object, name: moving.name, in: parent, values: values, at: now.seconds)
    endPhantom(moving.guid)
    for (member, expiry) in moving.members.sorted(by: { $0.key < $1.key }) {
      addPhantom(member)
      if isLive(member) { try setMember(member, of: moving.guid, isPresent: true, expiry: expiry, at: now) }
    }
  }

  // MARK: Replication

  func hasLeft(_ incoming: DirectoryObject) -> Bool {
    guard let lives = departures[incoming.guid], let birth = incoming[.objectClass]?.stamp else { return false }
    return lives.contains { $0.birth.isSame(as: birth) }
  }

  /// - Returns: whether there were any that are news.
  mutating func receiveDepartures(from source: Replica, _ known: UpToDatenessVector) -> Bool {
    let news = source.departures.values.joined().filter { !known.covers($0.stamp) }
      .sorted { ($0.stamp.localUSN, $0.guid) < ($1.stamp.localUSN, $1.guid) }
    guard !news.isEmpty else { return false }
    usn += 1
    for var departure in news {
      departure.stamp.localUSN = usn
      note(departure)
      if let birth = objects[departure.guid]?[.objectClass]?.stamp, birth.isSame(as: departure.birth) {
        objects[departure.guid] = nil
      }
      addPhantom(departure.guid)
    }
    return true
  }
}

extension Stamp {
  fileprivate func isSame(as other: Stamp) -> Bool {
    originator == other.originator && originatingUSN == other.originatingUSN
  }
}
