import Model

/// Replication (MS-DRSR 4.1.10.6), and what a replica does so that what it received makes a tree.
extension Replica {
  /// - Returns: whether anything changed.
  mutating func receive(from source: Replica, schema: Schema, recycleBin: Bool, at time: Int64) -> Bool {
    let mark = watermarks[source.invocation] ?? 0
    let known = fullVector
    let changed = source.objects.values.lazy.filter { $0.replicationUSN > mark }
      .sorted { ($0.replicationUSN, $0.guid) < ($1.replicationUSN, $1.guid) }
    let isAnyGone = receiveDepartures(from: source, known)
    var touched: [GUID] = []
    if !changed.isEmpty {
      usn += 1
      for object in changed where merge(object, known) { touched.append(object.guid) }
      if touched.isEmpty { usn -= 1 }
    }
    for phantom in source.phantoms { addPhantom(phantom) }
    watermarks[source.invocation] = source.usn
    let before = vector
    learn(source.fullVector)
    for guid in touched { settle(guid, schema: schema, recycleBin: recycleBin, at: time) }
    return isAnyGone || !touched.isEmpty || before != vector
  }

  private mutating func merge(_ incoming: DirectoryObject, _ known: UpToDatenessVector) -> Bool {
    if hasLeft(incoming) { return false }
    var object: DirectoryObject
    if let own = objects[incoming.guid] {
      object = own
    } else {
      // A change of an object that was never heard of, or is gone already: refused (strict replication consistency).
      guard let birth = incoming[.objectClass], !known.covers(birth.stamp) else { return false }
      object = DirectoryObject(blankCopyOf: incoming, createdUSN: usn)
      endPhantom(incoming.guid)
    }
    var isChanged = false
    for var value in incoming.attributes where !known.covers(value.stamp) {
      if let own = object[value.id], !value.stamp.wins(over: own.stamp) { continue }
      value.stamp.localUSN = usn
      object.put(value, parent: incoming.parent)
      isChanged = true
    }
    for (key, link) in incoming.links where !known.covers(link.stamp) {
      if let own = object.links[key], !link.stamp.wins(over: own.stamp) { continue }
      var link = link
      link.stamp.localUSN = usn
      object.put(key, link)
      isChanged = true
    }
    if isChanged { objects[incoming.guid] = object }
    return isChanged
  }

  private mutating func settle(_ guid: GUID, schema: Schema, recycleBin: Bool, at time: Int64) {
    guard let object = objects[guid], !places.all.contains(guid) else { return }
    if object.isDeleted {
      settleDeleted(object, schema: schema, recycleBin: recycleBin, at: time)
    } else {
      settlePlace(object, at: time)
    }
  }

  private mutating func settleDeleted(_ object: DirectoryObject, schema: Schema, recycleBin: Bool, at time: Int64) {
    let guid = object.guid
    let deleted = places.deletedObjects
    // A rename elsewhere has won over the name of the deletion.
    if object.parent != deleted || !object.name.contains("\nDEL:") {
      originate(at: time) { replica, origin in
        replica.change(guid) { $0.place(Self.mangled(object.name, "DEL", guid), in: deleted, origin) }
      }
    }
    if !recycleBin || object.isRecycled {
      let isStripped =
        object.attributes.allSatisfy { schema[$0.id].staysOnTombstone || $0.values.isEmpty }
        && object.links.values.allSatisfy { !$0.isPresent }
        && !objects.values.contains { holder in
          [AttributeID.member, .manager].contains {
            holder.links[LinkKey(attribute: $0, target: guid)]?.isPresent == true
          }
        }
      if !isStripped { originate(at: time) { $0.strip(guid, schema: schema, $1) } }
    }
    for child in children(of: guid) { rescue(child, at: time) }
  }

  private mutating func settlePlace(_ object: DirectoryObject, at time: Int64) {
    guard let parent = object.parent else { return }
    if parent == places.deletedObjects || !isLive(parent) || isBelow(parent, object.guid) {
      rescue(object.guid, at: time)
      return
    }
    guard let other = sibling(named: object.foldedName, in: parent, otherThan: object.guid).flatMap({ objects[$0] }),
      let mine = object[.name]?.stamp, let its = other[.name]?.stamp
    else { return }
    let loser = mine.wins(over: its) ? other : object
    originate(at: time) { replica, origin in
      replica.change(loser.guid) { $0.place(Self.mangled(loser.name, "CNF", loser.guid), in: parent, origin) }
    }
  }

  /// Its place is gone (MS-DRSR 4.1.10.6.12). There the name always is its own.
  private mutating func rescue(_ guid: GUID, at time: Int64) {
    guard let object = objects[guid] else { return }
    let lost = places.lostAndFound
    let isTaken = sibling(named: Self.unmangled(object.name).lowercased(), in: lost, otherThan: guid) != nil
    let name = isTaken ? Self.mangled(object.name, "CNF", guid) : Self.unmangled(object.name)
    originate(at: time) { replica, origin in
      replica.change(guid) { $0.place(name, in: lost, origin) }
    }
  }
}
