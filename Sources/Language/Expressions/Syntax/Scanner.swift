/// Walks over the text of an expression, by scalars, so that a combining mark cannot hide a quotation mark; positions are
/// told in characters, as an editor counts them.
struct Scanner {
  private let scalars: [Unicode.Scalar]
  private let characterNumbers: [Int]
  private(set) var offset = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var numbers: [Int] = []
    numbers.reserveCapacity(scalars.count + 1)
    for (index, character) in text.enumerated() {
      numbers.append(contentsOf: repeatElement(index + 1, count: character.unicodeScalars.count))
    }
    characterNumbers = numbers + [text.count + 1]
  }

  var position: Int { characterNumbers[offset] }
  var next: Unicode.Scalar? { peek(0) }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    offset + distance < scalars.count ? scalars[offset + distance] : nil
  }

  mutating func advance() {
    if offset < scalars.count { offset += 1 }
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    advance()
    return true
  }

  mutating func skipSpaces() {
    while let scalar = next, scalar.properties.isWhitespace || scalar == "\u{FEFF}" { advance() }
  }

  mutating func takeAll(where condition: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, condition(scalar) {
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  /// What stands here, for a message.
  var found: String {
    guard let next else { return "the end" }
    return next == "\"" ? "a quotation mark" : Quotation.text(String(next))
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  var isHexDigit: Bool { isDigit || ("a"..."f").contains(self) || ("A"..."F").contains(self) }
}
