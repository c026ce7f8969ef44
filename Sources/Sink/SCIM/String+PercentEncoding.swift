import Model

extension String {
  /// Nil for what is not encoded rightly.
  var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue) else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// As a string literal of a filter or a path, which is one of JSON (RFC 7644 section 3.4.2.2, RFC 8259 section 7).
  var filterLiteral: String {
    var literal = "\""
    // Scalars and not characters: a quote with a combining mark behind it is another character, but ends the literal.
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case _ where scalar.value < 0x20: literal += "\\u00" + hexDigits(of: UInt8(scalar.value))
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
