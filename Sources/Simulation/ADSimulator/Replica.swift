package import Model

/// What one domain controller holds of the domain. A value, so that a snapshot is a copy.
package struct Replica: Sendable {
  package var invocation: Invocation
  /// The highest that was given out: highestCommittedUSN.
  package var usn: Int64 = 0
  package var objects: [GUID: DirectoryObject] = [:]
  /// What it has of the writes of others.
  package private(set) var vector = UpToDatenessVector()
  /// Up to which local USN of each other invocation it has asked for changes.
  var watermarks: [Invocation: Int64] = [:]
  package let places: WellKnownPlaces
  /// Objects of other domains that links name (phantoms, MS-ADTS 3.1.1.1.6). Whether they still live is not known here.
  private(set) var phantoms: Set<GUID> = []
  /// What went to another domain, by objectGUID.
  private(set) var departures: [GUID: [Departure]] = [:]

  init(invocation: Invocation, places: WellKnownPlaces) {
    self.invocation = invocation
    self.places = places
  }

  /// With its own writes, all of which it has.
  package var fullVector: UpToDatenessVector {
    var vector = vector
    vector[invocation] = usn
    return vector
  }

  mutating func learn(_ other: UpToDatenessVector) {
    vector.merge(other)
  }

  mutating func addPhantom(_ guid: GUID) {
    if objects[guid] == nil { phantoms.insert(guid) }
  }

  mutating func endPhantom(_ guid: GUID) { phantoms.remove(guid) }

  mutating func note(_ departure: Departure) { departures[departure.guid, default: []].append(departure) }

  /// As after a restore from backup: what it wrote so far is another's from now on (MS-ADTS 3.1.1.1.9).
  mutating func begin(_ next: Invocation) {
    vector[invocation] = usn
    invocation = next
  }

  /// One transaction: all it writes has one USN.
  mutating func originate<Result>(at time: Int64, _ body: (inout Replica, Origin) -> Result) -> Result {
    usn += 1
    return body(&self, Origin(invocation: invocation, usn: usn, time: time))
  }

  mutating func change(_ guid: GUID, _ body: (inout DirectoryObject) -> Void) {
    guard let index = objects.index(forKey: guid) else { return }
    body(&objects.values[index])
  }

  // MARK: The tree

  func live(_ guid: GUID) throws(SimulatorError) -> DirectoryObject {
    guard let object = objects[guid] else { throw .unknown(guid) }
    guard !object.isDeleted else { throw .isDeleted(guid) }
    return object
  }

  package func isLive(_ guid: GUID) -> Bool {
    objects[guid].map { !$0.isDeleted } ?? phantoms.contains(guid)
  }

  /// In the order of their objectGUIDs.
  package func children(of parent: GUID) -> [GUID] {
    objects.values.lazy.filter { $0.parent == parent && !$0.isDeleted }.map(\.guid).sorted()
  }

  package func sibling(named folded: String, in parent: GUID, otherThan guid: GUID?) -> GUID? {
    objects.values.lazy
      .filter { $0.parent == parent && $0.guid != guid && !$0.isDeleted && $0.foldedName == folded }
      .map(\.guid).min()
  }

  /// Whether the way up from `start` leads through `guid`, or in circles.
  package func isBelow(_ start: GUID, _ guid: GUID) -> Bool {
    var steps = 0
    var next: GUID? = start
    while let current = next, steps <= objects.count {
      if current == guid { return true }
      next = objects[current]?.parent
      steps += 1
    }
    return steps > objects.count
  }

  // MARK: Links

  /// Whether both ends are live and its time has not passed.
  package func shows(_ link: LinkValue, _ key: LinkKey, at now: Timestamp) -> Bool {
    link.stands(at: now) && isLive(key.target)
  }

  /// The values of a link that a read shows, legacy ones too, in the order of their objectGUIDs.
  package func targets(_ attribute: AttributeID, of object: DirectoryObject, at now: Timestamp) -> [GUID] {
    guard !object.isDeleted else { return [] }
    var targets = legacyTargets(attribute, of: object)
    for (key, link) in object.links where key.attribute == attribute && shows(link, key, at: now) {
      targets.append(key.target)
    }
    return targets.sorted()
  }

  package func legacyTargets(_ attribute: AttributeID, of object: DirectoryObject) -> [GUID] {
    (object[attribute]?.values ?? []).compactMap { GUID(bytes: $0) }.filter { isLive($0) }
  }

  package func groups(of member: GUID, at now: Timestamp) -> [GUID] {
    let key = LinkKey(attribute: .member, target: member)
    let raw = member.bytes
    return objects.values.lazy.filter { group in
      if group.isDeleted { return false }
      if let link = group.links[key], shows(link, key, at: now) { return true }
      return group.objectClass == .group && group[.member]?.values.contains(raw) == true && isLive(member)
    }.map(\.guid).sorted()
  }
}

/// The objects that are there from the start.
package struct WellKnownPlaces: Sendable {
  package let root: GUID
  package let users: GUID
  let computers: GUID
  package let deletedObjects: GUID
  let lostAndFound: GUID
  let foreignPrincipals: GUID
  let domainUsers: GUID
  let domainGuests: GUID
  /// DNS name.
  let domain: String

  /// Of the domain's name.
  var labels: [String] { domain.split(separator: ".").map(String.init) }

  var all: [GUID] {
    [root, users, computers, deletedObjects, lostAndFound, foreignPrincipals, domainUsers, domainGuests]
  }
}
