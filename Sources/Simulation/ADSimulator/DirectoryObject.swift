package import Model

/// An object as one replica holds it.
package struct DirectoryObject: Sendable {
  package struct Value: Sendable {
    package let id: AttributeID
    /// Without any the attribute was removed; its stamp stays.
    package var values: [[UInt8]]
    package var stamp: Stamp
  }

  package let guid: GUID
  package let objectClass: ObjectClass
  package let sid: SID?
  /// `<GUID=…>;<SID=…>;` of its extended DN.
  package let identity: [UInt8]
  /// IT_WRITE, and what else applies (MS-ADTS 2.2.9).
  package let instanceType: [UInt8]
  package private(set) var name = ""
  package private(set) var foldedName = ""
  /// Replicates with the stamp of `name`.
  package private(set) var parent: GUID?
  package private(set) var isDeleted = false
  package private(set) var isRecycled = false
  /// In the order of their numbers.
  package private(set) var attributes: [Value] = []
  package private(set) var links: [LinkKey: LinkValue] = [:]
  /// The highest local USN of an attribute.
  package private(set) var attributesUSN: Int64 = 0
  /// What uSNChanged shows: links count too, except for what the deletion of the other end does to them.
  package private(set) var changedUSN: Int64 = 0
  /// Everything, also what nobody is told of.
  package private(set) var replicationUSN: Int64 = 0
  package let createdUSN: Int64

  init(_ guid: GUID, _ objectClass: ObjectClass, sid: SID?, instanceType: Int = 4, createdUSN: Int64) {
    self.guid = guid
    self.objectClass = objectClass
    self.sid = sid
    self.createdUSN = createdUSN
    self.instanceType = Array("\(instanceType)".utf8)
    identity = Array((sid.map { "<GUID=\(guid)>;<SID=\($0)>;" } ?? "<GUID=\(guid)>;").utf8)
  }

  /// As it first arrives at another replica: nothing of it yet.
  init(blankCopyOf other: DirectoryObject, createdUSN: Int64) {
    guid = other.guid
    objectClass = other.objectClass
    sid = other.sid
    identity = other.identity
    instanceType = other.instanceType
    self.createdUSN = createdUSN
  }

  package subscript(_ id: AttributeID) -> Value? {
    attributes.first { $0.id == id }
  }

  package func text(_ id: AttributeID) -> String? {
    self[id]?.values.first.map { String(decoding: $0, as: UTF8.self) }
  }

  var primaryGroupRID: UInt32? { text(.primaryGroupID).flatMap { UInt32($0) } }

  // MARK: Writing

  mutating func set(_ id: AttributeID, _ values: [[UInt8]], _ origin: Origin) {
    put(Value(id: id, values: values, stamp: origin.stamp(after: self[id]?.stamp)))
  }

  mutating func place(_ name: String, in parent: GUID?, _ origin: Origin) {
    self.parent = parent
    set(.name, [Array(name.utf8)], origin)
  }

  /// Takes the value of another replica as it is.
  mutating func put(_ value: Value, parent: GUID?) {
    if value.id == .name { self.parent = parent }
    put(value)
  }

  private mutating func put(_ value: Value) {
    let place = attributes.firstIndex { $0.id >= value.id } ?? attributes.endIndex
    if place < attributes.endIndex, attributes[place].id == value.id {
      attributes[place] = value
    } else {
      attributes.insert(value, at: place)
    }
    switch value.id {
    case .name:
      name = value.values.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
      foldedName = name.lowercased()
    case .isDeleted: isDeleted = !value.values.isEmpty
    case .isRecycled: isRecycled = !value.values.isEmpty
    default: break
    }
    attributesUSN = max(attributesUSN, value.stamp.localUSN)
    changedUSN = max(changedUSN, value.stamp.localUSN)
    replicationUSN = max(replicationUSN, value.stamp.localUSN)
  }

  mutating func put(_ key: LinkKey, _ value: LinkValue) {
    links[key] = value
    if !value.isSilent { changedUSN = max(changedUSN, value.stamp.localUSN) }
    replicationUSN = max(replicationUSN, value.stamp.localUSN)
  }

  mutating func forget(linksTo target: GUID) {
    for key in links.keys where key.target == target { links[key] = nil }
    let raw = target.bytes
    for index in attributes.indices where attributes[index].id == .member && attributes[index].values.contains(raw) {
      attributes[index].values.removeAll { $0 == raw }
    }
  }
}

package struct LinkKey: Hashable, Comparable, Sendable {
  package let attribute: AttributeID
  package let target: GUID

  package init(attribute: AttributeID, target: GUID) {
    self.attribute = attribute
    self.target = target
  }

  package static func < (left: LinkKey, right: LinkKey) -> Bool {
    left.attribute == right.attribute ? left.target < right.target : left.attribute < right.attribute
  }
}

/// One value of a forward link since Windows 2003, with a stamp of its own (MS-DRSR 5.118).
package struct LinkValue: Sendable {
  package var stamp: Stamp
  package var isPresent: Bool
  /// When it stops being a value by itself (MS-ADTS 3.1.1.9.2).
  package var expiry: Timestamp?
  /// Went with the other end, which is no change of the object that holds it (MS-ADTS 3.1.1.5.5.6).
  package var isSilent = false

  package func stands(at now: Timestamp) -> Bool {
    isPresent && (expiry.map { now < $0 } ?? true)
  }
}
