import Model

extension WellKnownPlaces {
  init(_ generator: inout SeededGenerator, domain: String) {
    self.init(
      root: generator.guid(),
      users: generator.guid(),
      computers: generator.guid(),
      deletedObjects: generator.guid(),
      lostAndFound: generator.guid(),
      foreignPrincipals: generator.guid(),
      domainUsers: generator.guid(),
      domainGuests: generator.guid(),
      domain: domain
    )
  }
}

extension Replica {
  /// A domain as it is after its first controller was installed.
  static func founding(_ places: WellKnownPlaces, domainSID: SID, at time: Int64) -> Replica {
    var replica = Replica(invocation: Invocation(number: 0), places: places)
    replica.found(places.root, .domain, places.labels.first ?? places.domain, in: nil, sid: domainSID, at: time)
    let containers = [
      (places.users, "Users"), (places.computers, "Computers"), (places.deletedObjects, "Deleted Objects"),
      (places.lostAndFound, "LostAndFound"), (places.foreignPrincipals, "ForeignSecurityPrincipals"),
    ]
    for (guid, name) in containers {
      replica.found(guid, .container, name, in: places.root, sid: nil, at: time)
    }
    for (guid, name, relativeID) in [
      (places.domainUsers, "Domain Users", UInt32(513)), (places.domainGuests, "Domain Guests", 514),
    ] {
      replica.found(guid, .group, name, in: places.users, sid: domainSID.account(relativeID), at: time)
    }
    return replica
  }

  private mutating func found(
    _ guid: GUID,
    _ objectClass: ObjectClass,
    _ name: String,
    in parent: GUID?,
    sid: SID?,
    at time: Int64
  ) {
    originate(at: time) { replica, origin in
      var object = DirectoryObject(guid, objectClass, sid: sid, createdUSN: origin.usn)
      object.set(.objectClass, objectClass.valueBytes, origin)
      if let sid { object.set(.objectSid, [sid.bytes], origin) }
      if objectClass == .group { object.set(.sAMAccountName, [Array(name.utf8)], origin) }
      object.place(name, in: parent, origin)
      replica.objects[guid] = object
    }
  }
}
