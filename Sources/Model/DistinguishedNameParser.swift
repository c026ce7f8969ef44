/// Parser of the string form of RFC 4514 section 3, on bytes.
struct DistinguishedNameParser {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  mutating func parse() throws(DistinguishedNameError) -> [RelativeName] {
    guard !bytes.isEmpty else { throw .empty }
    var components: [RelativeName] = []
    while true {
      skipSpaces()
      let type = try parseType()
      skipSpaces()
      components.append(RelativeName(type: type, value: try parseValue()))
      guard position < bytes.count else { return components }
      position += 1  // the comma at which the value ended
    }
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  private mutating func parseType() throws(DistinguishedNameError) -> String {
    let start = position
    while position < bytes.count, Self.isTypeByte(bytes[position]) { position += 1 }
    let type = String(decoding: bytes[start..<position], as: UTF8.self)
    skipSpaces()
    guard !type.isEmpty, position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
      throw .missingType(at: start)
    }
    position += 1
    return type
  }

  private static func isTypeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func parseValue() throws(DistinguishedNameError) -> String {
    var value: [UInt8] = []
    var unescapedLength = 0  // trailing spaces beyond this are padding
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ",") {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\\"):
        value.append(try parseEscape())
        unescapedLength = value.count
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        throw .needsEscape(Character(Unicode.Scalar(byte)), at: position)
      case UInt8(ascii: "#") where position == start:
        throw .needsEscape("#", at: position)
      default:
        value.append(byte)
        if byte != UInt8(ascii: " ") { unescapedLength = value.count }
      }
      position += 1
    }
    guard let text = String(validating: value[..<unescapedLength], as: UTF8.self) else { throw .badEscape(at: start) }
    return text
  }

  private mutating func parseEscape() throws(DistinguishedNameError) -> UInt8 {
    let start = position
    position += 1
    guard position < bytes.count else { throw .badEscape(at: start) }
    let first = bytes[position]
    if position + 1 < bytes.count, let high = hexValue(of: first), let low = hexValue(of: bytes[position + 1]) {
      position += 2
      return high << 4 | low
    }
    guard ##" "#+,;<=>\"##.utf8.contains(first) else { throw .badEscape(at: start) }
    position += 1
    return first
  }
}
