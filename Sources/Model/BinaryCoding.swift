/// Appends values in the compact form in which the store keeps images and resources: LEB128 lengths before bytes.
package struct BinaryWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func write(_ data: [UInt8]) {
    write(UInt64(data.count))
    bytes.append(contentsOf: data)
  }

  package mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads back what `BinaryWriter` wrote; every read is bounded by the bytes that are there.
package struct BinaryReader {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package var isAtEnd: Bool { position == bytes.count }

  package mutating func readNumber() throws(BinaryCodingError) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard shift < 63 || (shift == 63 && byte <= 1) else { throw .malformed }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw .truncated
  }

  package mutating func readBytes() throws(BinaryCodingError) -> [UInt8] {
    let count = try readNumber()
    guard count <= UInt64(bytes.count - position) else { throw .truncated }
    defer { position += Int(count) }
    return Array(bytes[position..<position + Int(count)])
  }

  package mutating func readString() throws(BinaryCodingError) -> String {
    guard let text = String(validating: try readBytes(), as: UTF8.self) else { throw .malformed }
    return text
  }

  /// A count of elements that each take at least one byte, so that a damaged count cannot reserve memory.
  package mutating func readCount() throws(BinaryCodingError) -> Int {
    let count = try readNumber()
    guard count <= UInt64(bytes.count - position) else { throw .truncated }
    return Int(count)
  }
}

/// What a damaged row of the store gives instead of a value.
package enum BinaryCodingError: Error, CustomStringConvertible {
  case truncated
  case malformed

  package var description: String {
    switch self {
    case .truncated: "stored value ends before its announced length"
    case .malformed: "stored value is not in the expected form"
    }
  }
}
