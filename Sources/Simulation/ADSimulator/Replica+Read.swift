import Engine
package import Model

/// Reads of single objects, which see the present state.
extension Replica {
  func whole(
    _ object: DirectoryObject,
    _ state: SimulatedDomain.State,
    _ wanted: Set<AttributeName>
  ) -> DirectoryChange {
    var change = DirectoryChange(
      guid: object.guid,
      isDeleted: object.isDeleted,
      isRecycled: object.isRecycled,
      name: object.isDeleted ? Self.unmangled(object.name) : object.name,
      parent: object.parent,
      objectClass: object.objectClass,
      sid: object.sid,
      primaryGroupRID: object.primaryGroupRID
    )
    for name in wanted {
      let value = state.schema.existing(name.folded).flatMap { object[$0] }
      change.attributes[name] = value?.values ?? []
    }
    guard !object.isDeleted else { return change }
    change.members = .all(targets(.member, of: object, at: state.now))
    change.memberOf = groups(of: object.guid, at: state.now)
    for (key, link) in object.links where key.attribute == .member && shows(link, key, at: state.now) {
      change.memberLifetimes[key.target] = link.expiry.map { $0 - state.now }
    }
    return change
  }

  package func name(of object: DirectoryObject) -> DistinguishedName {
    var components: [RelativeName] = []
    var next: DirectoryObject? = object
    while let current = next, current.guid != places.root, components.count < 64 {
      components.append(RelativeName(type: current.objectClass.relativeNameType, value: current.name))
      next = current.parent.flatMap { objects[$0] }
    }
    return DistinguishedName(components + places.labels.map { RelativeName(type: "DC", value: $0) })
  }
}
