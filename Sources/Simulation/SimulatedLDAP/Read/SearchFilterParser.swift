import LDAP
import Model

/// Reads the string form of filters (RFC 4515).
struct SearchFilterParser {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0

  private static let bitAnd = "1.2.840.113556.1.4.803"

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  mutating func whole() throws(LDAPError) -> SearchFilter {
    let filter = try filter()
    guard position == bytes.count else { throw .unknownFilter(text) }
    return filter
  }

  private mutating func filter() throws(LDAPError) -> SearchFilter {
    try expect("(")
    let filter: SearchFilter
    switch position < bytes.count ? bytes[position] : 0 {
    case UInt8(ascii: "&"): filter = .all(try list())
    case UInt8(ascii: "|"): filter = .any(try list())
    case UInt8(ascii: "!"):
      position += 1
      filter = .no(try self.filter())
    default: filter = try comparison()
    }
    try expect(")")
    return filter
  }

  private mutating func list() throws(LDAPError) -> [SearchFilter] {
    position += 1
    var parts: [SearchFilter] = []
    while position < bytes.count, bytes[position] == UInt8(ascii: "(") { parts.append(try filter()) }
    return parts
  }

  private mutating func comparison() throws(LDAPError) -> SearchFilter {
    let rest = bytes[position...]
    guard let end = rest.firstIndex(of: UInt8(ascii: ")")), let equals = rest[..<end].firstIndex(of: UInt8(ascii: "="))
    else { throw .unknownFilter(text) }
    let left = String(decoding: rest[..<equals], as: UTF8.self)
    let raw = rest[(equals + 1)..<end]
    position = end
    if raw.elementsEqual([UInt8(ascii: "*")]) { return .present(AttributeName(left)) }
    let value = try unescaped(raw)
    if left.hasSuffix(">") {
      guard let bound = Int64(String(decoding: value, as: UTF8.self)) else { throw .unknownFilter(text) }
      return .atLeast(AttributeName(left.dropLast()), bound)
    }
    guard left.hasSuffix(":") else {
      guard !left.hasSuffix("<"), !left.hasSuffix("~") else { throw .unknownFilter(text) }
      return .equal(AttributeName(left), value)
    }
    let parts = left.dropLast().split(separator: ":")
    guard parts.count == 2, parts[1] == Self.bitAnd, let bits = Int64(String(decoding: value, as: UTF8.self)) else {
      throw .unknownFilter(text)
    }
    return .hasBits(AttributeName(parts[0]), bits)
  }

  private func unescaped(_ raw: ArraySlice<UInt8>) throws(LDAPError) -> [UInt8] {
    var value: [UInt8] = []
    var rest = raw
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): throw .unknownFilter(text)
      case UInt8(ascii: "\\"):
        guard let high = rest.popFirst().flatMap({ hexValue(of: $0) }),
          let low = rest.popFirst().flatMap({ hexValue(of: $0) })
        else { throw .unknownFilter(text) }
        value.append(high << 4 | low)
      default: value.append(byte)
      }
    }
    return value
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(LDAPError) {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { throw .unknownFilter(text) }
    position += 1
  }
}
