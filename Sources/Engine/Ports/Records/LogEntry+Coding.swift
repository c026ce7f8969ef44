package import Model

/// The compact form in which a store keeps what of an entry is a list.
extension LogEntry {
  package var encodedChanges: [UInt8] {
    var writer = BinaryWriter()
    writer.write(UInt64(changes.count))
    for change in changes {
      writer.write(change.path.text)
      Self.write(change.old, to: &writer)
      Self.write(change.new, to: &writer)
    }
    return writer.bytes
  }

  package static func changes(encoded: [UInt8]) throws(BinaryCodingError) -> [AttributeChange] {
    var reader = BinaryReader(encoded)
    var changes: [AttributeChange] = []
    for _ in 0..<(try reader.readCount()) {
      let path = TargetPath(try reader.readString())
      changes.append(AttributeChange(path: path, old: try value(from: &reader), new: try value(from: &reader)))
    }
    guard reader.isAtEnd else { throw .malformed }
    return changes
  }

  private static func write(_ value: ResourceValue?, to writer: inout BinaryWriter) {
    switch value {
    case nil: writer.write(0)
    case .string(let text):
      writer.write(1)
      writer.write(text)
    case .boolean(let flag): writer.write(flag ? 3 : 2)
    case .strings(let texts):
      writer.write(4)
      writer.write(UInt64(texts.count))
      for text in texts { writer.write(text) }
    }
  }

  private static func value(from reader: inout BinaryReader) throws(BinaryCodingError) -> ResourceValue? {
    switch try reader.readNumber() {
    case 0: return nil
    case 1: return .string(try reader.readString())
    case 2: return .boolean(false)
    case 3: return .boolean(true)
    case 4:
      var texts: [String] = []
      for _ in 0..<(try reader.readCount()) { texts.append(try reader.readString()) }
      return .strings(texts)
    default: throw .malformed
    }
  }
}

extension LoggedMembers {
  package var encoded: [UInt8] {
    var writer = BinaryWriter()
    writer.write(UInt64(addedCount))
    writer.write(UInt64(removedCount))
    for list in [added, removed] {
      writer.write(UInt64(list.count))
      for member in list {
        writer.write(member.guid.bytes)
        writer.write(member.name)
      }
    }
    return writer.bytes
  }

  package init(encoded: [UInt8]) throws(BinaryCodingError) {
    var reader = BinaryReader(encoded)
    guard let addedCount = Int(exactly: try reader.readNumber()),
      let removedCount = Int(exactly: try reader.readNumber())
    else { throw .malformed }
    let added = try Self.members(from: &reader)
    let removed = try Self.members(from: &reader)
    guard reader.isAtEnd else { throw .malformed }
    self.init(addedCount: addedCount, removedCount: removedCount, added: added, removed: removed)
  }

  private static func members(from reader: inout BinaryReader) throws(BinaryCodingError) -> [Member] {
    var members: [Member] = []
    for _ in 0..<(try reader.readCount()) {
      guard let guid = GUID(bytes: try reader.readBytes()) else { throw .malformed }
      members.append(Member(guid: guid, name: try reader.readString()))
    }
    return members
  }
}
