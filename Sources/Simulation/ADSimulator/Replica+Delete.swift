import Model

/// Deletion in its three stages, and the way back (MS-ADTS 3.1.1.5.5).
extension Replica {
  mutating func delete(_ guid: GUID, schema: Schema, recycleBin: Bool, at time: Int64) throws(SimulatorError) {
    _ = try live(guid)
    guard !places.all.contains(guid) else { throw .isProtected(guid) }
    guard children(of: guid).isEmpty else { throw .hasChildren(guid) }
    bury(guid, schema: schema, recycleBin: recycleBin, at: time)
  }

  /// The deepest first; each is a deletion of its own.
  mutating func deleteTree(_ guid: GUID, schema: Schema, recycleBin: Bool, at time: Int64) throws(SimulatorError) {
    _ = try live(guid)
    guard !places.all.contains(guid) else { throw .isProtected(guid) }
    for child in children(of: guid) {
      try deleteTree(child, schema: schema, recycleBin: recycleBin, at: time)
    }
    bury(guid, schema: schema, recycleBin: recycleBin, at: time)
  }

  private mutating func bury(_ guid: GUID, schema: Schema, recycleBin: Bool, at time: Int64) {
    guard let object = objects[guid] else { return }
    let deleted = places.deletedObjects
    originate(at: time) { replica, origin in
      replica.change(guid) {
        $0.set(.isDeleted, [Array("TRUE".utf8)], origin)
        if let parent = object.parent { $0.set(.lastKnownParent, [parent.bytes], origin) }
        $0.place(Self.mangled(object.name, "DEL", guid), in: deleted, origin)
        for id in [AttributeID.objectCategory, .sAMAccountType] where object[id]?.values.isEmpty == false {
          $0.set(id, [], origin)
        }
      }
      if !recycleBin { replica.strip(guid, schema: schema, origin) }
    }
  }

  /// - Throws: also when the parent of old is gone or has another child of that name by now.
  mutating func restore(_ guid: GUID, recycleBin: Bool, at time: Int64) throws(SimulatorError) {
    guard let object = objects[guid] else { throw .unknown(guid) }
    guard object.isDeleted else { throw .isNotDeleted(guid) }
    guard !object.isRecycled else { throw .isRecycled(guid) }
    guard let parent = object[.lastKnownParent]?.values.first.flatMap({ GUID(bytes: $0) }) else {
      throw .isProtected(guid)
    }
    _ = try live(parent)
    let name = Self.unmangled(object.name)
    guard sibling(named: name.lowercased(), in: parent, otherThan: guid) == nil else {
      throw .nameTaken(name, in: parent)
    }
    originate(at: time) { replica, origin in
      replica.change(guid) {
        $0.set(.isDeleted, [], origin)
        $0.place(name, in: parent, origin)
        // A tombstone has lost it, and an account must have one (MS-ADTS 3.1.1.5.3.7.2).
        if !recycleBin, object.objectClass == .user || object.objectClass == .computer {
          $0.set(.primaryGroupID, [Array("513".utf8)], origin)
        }
      }
    }
  }

  /// The second stage with a recycle bin: as good as a tombstone from here on (MS-ADTS 3.1.1.5.5.6.2).
  mutating func recycle(_ guid: GUID, schema: Schema, at time: Int64) {
    originate(at: time) { replica, origin in
      replica.change(guid) { $0.set(.isRecycled, [Array("TRUE".utf8)], origin) }
      replica.strip(guid, schema: schema, origin)
    }
  }

  /// Removes what a tombstone does not keep. Of links at both ends nobody is told.
  mutating func strip(_ guid: GUID, schema: Schema, _ origin: Origin) {
    change(guid) { object in
      for value in object.attributes where !schema[value.id].staysOnTombstone && !value.values.isEmpty {
        object.set(value.id, [], origin)
      }
      for (key, link) in object.links where link.isPresent {
        object.put(key, LinkValue(stamp: origin.stamp(after: link.stamp), isPresent: false, isSilent: true))
      }
    }
    for attribute in [AttributeID.member, .manager] {
      let key = LinkKey(attribute: attribute, target: guid)
      for holder in objects.values where holder.links[key]?.isPresent == true {
        change(holder.guid) { object in
          let stamp = origin.stamp(after: object.links[key]?.stamp)
          object.put(key, LinkValue(stamp: stamp, isPresent: false, isSilent: true))
        }
      }
    }
  }

  /// Without a trace.
  mutating func expunge(_ guid: GUID) {
    objects[guid] = nil
    for holder in objects.values { change(holder.guid) { $0.forget(linksTo: guid) } }
  }

  /// The RDN that no other object has: MS-ADTS 3.1.1.5.5 for `DEL`, MS-DRSR 4.1.10.6.13 for `CNF`.
  static func mangled(_ name: String, _ mark: String, _ guid: GUID) -> String {
    "\(unmangled(name))\n\(mark):\(guid)"
  }

  static func unmangled(_ name: String) -> String {
    name.firstIndex(of: "\n").map { String(name[..<$0]) } ?? name
  }
}
