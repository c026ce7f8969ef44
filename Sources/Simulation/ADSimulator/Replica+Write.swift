import Model

/// Originating writes (MS-ADTS 3.1.1.5). What they throw is thrown before anything is changed.
extension Replica {
  mutating func create(
    _ object: DirectoryObject,
    name: String,
    in parent: GUID,
    values: [(AttributeID, [[UInt8]])],
    at time: Int64
  ) throws(SimulatorError) {
    _ = try live(parent)
    guard sibling(named: name.lowercased(), in: parent, otherThan: nil) == nil else {
      throw .nameTaken(name, in: parent)
    }
    originate(at: time) { replica, origin in
      var object = object
      object.set(.objectClass, object.objectClass.valueBytes, origin)
      if let sid = object.sid { object.set(.objectSid, [sid.bytes], origin) }
      object.place(name, in: parent, origin)
      for (id, values) in values where !values.isEmpty { object.set(id, values, origin) }
      replica.objects[object.guid] = object
    }
  }

  mutating func modify(
    _ guid: GUID,
    _ id: AttributeID,
    _ values: [[UInt8]],
    at time: Int64
  ) throws(SimulatorError) {
    let object = try live(guid)
    // Removing what is not there, or writing what is, leaves no stamp (MS-ADTS 3.1.1.5.3.2).
    guard (object[id]?.values ?? []) != values else { return }
    originate(at: time) { replica, origin in
      replica.change(guid) { $0.set(id, values, origin) }
    }
  }

  mutating func place(_ guid: GUID, name: String?, in parent: GUID?, at time: Int64) throws(SimulatorError) {
    let object = try live(guid)
    guard !places.all.contains(guid), let oldParent = object.parent else { throw .isProtected(guid) }
    let parent = parent ?? oldParent
    let name = name ?? object.name
    _ = try live(parent)
    guard !isBelow(parent, guid) else { throw .makesCycle(guid) }
    guard sibling(named: name.lowercased(), in: parent, otherThan: guid) == nil else {
      throw .nameTaken(name, in: parent)
    }
    originate(at: time) { replica, origin in
      replica.change(guid) { $0.place(name, in: parent, origin) }
    }
  }

  /// - Parameter values: objectGUIDs; only what differs is written, with a stamp for each value.
  mutating func setLinks(
    _ attribute: AttributeID,
    of guid: GUID,
    to targets: Set<GUID>,
    at now: Timestamp
  ) throws(SimulatorError) {
    let object = try live(guid)
    for target in targets.sorted() { _ = try live(target) }
    let present = Set(
      object.links.filter { $0.key.attribute == attribute && $0.value.stands(at: now) }.map(\.key.target)
    )
    guard present != targets else { return }
    originate(at: now.seconds) { replica, origin in
      replica.change(guid) { object in
        for target in present.union(targets) where present.contains(target) != targets.contains(target) {
          let key = LinkKey(attribute: attribute, target: target)
          let stamp = origin.stamp(after: object.links[key]?.stamp)
          object.put(key, LinkValue(stamp: stamp, isPresent: targets.contains(target)))
        }
      }
    }
  }

  mutating func setMember(
    _ member: GUID,
    of group: GUID,
    isPresent: Bool,
    expiry: Timestamp? = nil,
    at now: Timestamp
  ) throws(SimulatorError) {
    let object = try live(group)
    guard object.objectClass == .group else { throw .isNoGroup(group) }
    guard isLive(member) else { throw .unknown(member) }
    let key = LinkKey(attribute: .member, target: member)
    let old = object.links[key]
    let isThere = old?.stands(at: now) == true
    // Only the lifetime of a value that is there may be changed.
    if isPresent, isThere, old?.expiry == expiry { throw .isAlreadyMember(member, of: group) }
    if isPresent, object[.member]?.values.contains(member.bytes) == true { throw .isAlreadyMember(member, of: group) }
    if !isPresent, !isThere { throw .isNoMember(member, of: group) }
    originate(at: now.seconds) { replica, origin in
      let link = LinkValue(stamp: origin.stamp(after: old?.stamp), isPresent: isPresent, expiry: expiry)
      replica.change(group) { $0.put(key, link) }
    }
  }

  /// Values as in Windows-2000 forest mode: one stamp for all of them (MS-DRSR 4.1.10.5.5).
  mutating func setLegacyMember(
    _ member: GUID,
    of group: GUID,
    isPresent: Bool,
    at now: Timestamp
  ) throws(SimulatorError) {
    let object = try live(group)
    guard object.objectClass == .group else { throw .isNoGroup(group) }
    guard isLive(member) else { throw .unknown(member) }
    let key = LinkKey(attribute: .member, target: member)
    var values = object[.member]?.values ?? []
    let isThere = values.contains(member.bytes)
    if isPresent, isThere || object.links[key]?.stands(at: now) == true { throw .isAlreadyMember(member, of: group) }
    if !isPresent, !isThere { throw .isNoMember(member, of: group) }
    if isPresent { values.append(member.bytes) } else { values.removeAll { $0 == member.bytes } }
    try modify(group, .member, values, at: now.seconds)
  }
}

extension Timestamp {
  var seconds: Int64 { milliseconds / 1000 }
}

extension ObjectClass {
  /// The values of objectClass, from the most general on.
  var values: [String] {
    switch self {
    case .user: ["top", "person", "organizationalPerson", "user"]
    case .group: ["top", "group"]
    case .organizationalUnit: ["top", "organizationalUnit"]
    case .container: ["top", "container"]
    case .domain: ["top", "domain", "domainDNS"]
    case .foreignSecurityPrincipal: ["top", "foreignSecurityPrincipal"]
    case .contact: ["top", "person", "organizationalPerson", "contact"]
    case .computer: ["top", "person", "organizationalPerson", "user", "computer"]
    case .other: ["top", "leaf", "connectionPoint", "serviceConnectionPoint"]
    }
  }

  private static let bytes: [ObjectClass: [[UInt8]]] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.values.map { Array($0.utf8) }) }
  )

  var valueBytes: [[UInt8]] { Self.bytes[self] ?? [] }

  var isSecurityPrincipal: Bool { [.user, .group, .computer].contains(self) }
}
