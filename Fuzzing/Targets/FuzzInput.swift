import LDAP

/// The bytes of one input, and ways to make more of them than one value.
struct FuzzInput {
  let bytes: [UInt8]

  /// With U+FFFD for what is not UTF-8.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Nil for what is not UTF-8.
  var validText: String? { String(validating: bytes, as: UTF8.self) }

  /// The parts between bytes 0xFF, which UTF-8 never holds; seeds of several parts can so be written by hand.
  var parts: [[UInt8]] {
    bytes.split(separator: 0xFF, omittingEmptySubsequences: false).map(Array.init)
  }

  /// Each part is a description up to the first `:`, then values between bytes 0xFE, which UTF-8 does not hold either.
  static func attributes(_ parts: ArraySlice<[UInt8]>) -> [LDAPAttribute] {
    parts.map { part in
      let name = part.prefix { $0 != UInt8(ascii: ":") }
      let values = part.dropFirst(name.count + 1)
      return LDAPAttribute(
        String(decoding: name, as: UTF8.self),
        values.isEmpty ? [] : values.split(separator: 0xFE, omittingEmptySubsequences: false).map(Array.init)
      )
    }
  }
}

/// A number as Microsoft's structures hold it.
func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
}

extension String {
  /// Whether the two are the same bytes; `==` takes canonically equivalent texts for equal.
  func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Whether a line of a log or a terminal can hold it without being led astray.
  var isPrintable: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }
}
