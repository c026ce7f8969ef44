extension Resource {
  /// Canonical: equal resources give equal bytes.
  package func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    writer.write(kind.rawValue)
    writer.write(externalID.bytes)
    writer.write(UInt64(attributes.count))
    for (path, value) in attributes.sorted(by: { $0.key < $1.key }) {
      writer.write(path.text)
      switch value {
      case .string(let text):
        writer.write(0)
        writer.write(text)
      case .boolean(let flag):
        writer.write(flag ? 2 : 1)
      case .strings(let texts):
        writer.write(3)
        writer.write(UInt64(texts.count))
        for text in texts { writer.write(text) }
      }
    }
    return writer.bytes
  }

  package init(encoded: [UInt8]) throws(BinaryCodingError) {
    var reader = BinaryReader(encoded)
    guard let kind = ResourceKind(rawValue: try reader.readString()), let guid = GUID(bytes: try reader.readBytes())
    else { throw .malformed }
    var attributes: [TargetPath: ResourceValue] = [:]
    for _ in 0..<(try reader.readCount()) {
      let path = TargetPath(try reader.readString())
      attributes[path] = try Self.readValue(from: &reader)
    }
    guard reader.isAtEnd else { throw .malformed }
    self.init(kind: kind, externalID: guid, attributes: attributes)
  }

  private static func readValue(from reader: inout BinaryReader) throws(BinaryCodingError) -> ResourceValue {
    switch try reader.readNumber() {
    case 0: return .string(try reader.readString())
    case 1: return .boolean(false)
    case 2: return .boolean(true)
    case 3:
      var texts: [String] = []
      for _ in 0..<(try reader.readCount()) { texts.append(try reader.readString()) }
      return .strings(texts)
    default: throw .malformed
    }
  }
}
