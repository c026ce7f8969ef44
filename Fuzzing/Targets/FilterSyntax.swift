/// The grammar of RFC 4515 section 3, without a meaning.
struct FilterSyntax {
  private var rest: Substring.UTF8View

  static func holds(_ text: String) -> Bool {
    var syntax = FilterSyntax(rest: text[...].utf8)
    return syntax.filter() && syntax.rest.isEmpty
  }

  private mutating func filter() -> Bool {
    guard take("(") else { return false }
    switch rest.first {
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      rest = rest.dropFirst()
      while rest.first == UInt8(ascii: "(") { guard filter() else { return false } }
    case UInt8(ascii: "!"):
      rest = rest.dropFirst()
      guard filter() else { return false }
    default: guard comparison() else { return false }
    }
    return take(")")
  }

  private mutating func comparison() -> Bool {
    let description = rest.prefix { !"=<>~:()*\\".utf8.contains($0) && $0 > 0x20 }
    rest = rest.dropFirst(description.count)
    var allowsPieces = false
    switch rest.first {
    case UInt8(ascii: ":"):
      let rule = rest.prefix {
        $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") || ($0 | 0x20).isLetterOrDigit || $0 == 0x2E || $0 == 0x3B
      }
      guard rule.last == UInt8(ascii: ":") else { return false }
      rest = rest.dropFirst(rule.count)
      guard take("=") else { return false }
    case UInt8(ascii: "="):
      rest = rest.dropFirst()
      allowsPieces = true
    default:
      guard !description.isEmpty, rest.popFirst().map({ "<>~".utf8.contains($0) }) == true, take("=") else {
        return false
      }
    }
    while let byte = rest.first, byte != UInt8(ascii: ")") {
      rest = rest.dropFirst()
      switch byte {
      case UInt8(ascii: "("), 0..<0x20, 0x7F: return false
      case UInt8(ascii: "*"): guard allowsPieces else { return false }
      case UInt8(ascii: "\\"):
        guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy({ $0.isLetterOrDigit && $0 <= UInt8(ascii: "f") })
        else { return false }
        rest = rest.dropFirst(2)
      default: break
      }
    }
    return true
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool { rest.popFirst() == UInt8(ascii: sign) }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}
