/// The string form of a distinguished name (RFC 4514 section 3), as far as `CRef` and `DNComponent` need it.
enum NameComponents {
  /// The values of the RDNs from the left, without their escapes; nil for what is no distinguished name.
  static func values(_ name: String) -> [String]? {
    var components: [String] = []
    for part in parts(Array(name.utf8)) {
      guard let mark = part.firstIndex(of: UInt8(ascii: "=")), isType(part[..<mark]),
        let value = unescaped(part[(mark + 1)...])
      else { return nil }
      components.append(value)
    }
    return components
  }

  /// Between the commas that are not escaped.
  private static func parts(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == UInt8(ascii: ",") {
        parts.append(bytes[start..<index])
        start = index + 1
      }
      index += 1
    }
    return parts + [bytes[start...]]
  }

  private static func isType(_ bytes: ArraySlice<UInt8>) -> Bool {
    let type = trimmed(bytes)
    return !type.isEmpty
      && type.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == UInt8(ascii: "-")
          || $0 == UInt8(ascii: ".")
      }
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
    var value: [UInt8] = []
    var unescapedLength = 0
    var rest = bytes.drop { $0 == 0x20 }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        value.append(byte)
        if byte != 0x20 { unescapedLength = value.count }
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      if let high = hexValue(escaped), let digit = rest.first, let low = hexValue(digit) {
        rest.removeFirst()
        value.append(high << 4 | low)
      } else {
        value.append(escaped)
      }
      unescapedLength = value.count
    }
    return String(validating: value[..<unescapedLength], as: UTF8.self)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0 == 0x20 }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    Character(Unicode.Scalar(digit)).hexDigitValue.map { UInt8($0) }
  }
}
