extension Scanner {
  /// A text between quotation marks, of which the first stands here.
  mutating func readText() throws(ExpressionError) -> String {
    let start = position
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = next {
      let place = position
      advance()
      switch scalar {
      case "\"": return String(text)
      case "\\":
        guard let escaped = next, escaped == "\\" || escaped == "\"" else {
          throw ExpressionError(
            at: place,
            "a backslash in a text must be followed by another one or by a quotation mark",
            remedy: "write \\\\ for one backslash, in patterns too: \"\\\\d{10}\""
          )
        }
        text.append(escaped)
        advance()
      default: text.append(scalar)
      }
    }
    throw ExpressionError(
      at: start,
      "the text that begins here has no end",
      remedy: "close it with a quotation mark; one within it is written \\\""
    )
  }

  /// A decimal number, of which the sign or the first digit stands here.
  mutating func readNumber() throws(ExpressionError) -> Int64 {
    let start = position
    let sign = take("-") ? "-" : ""
    let digits = takeAll(where: \.isDigit)
    guard !digits.isEmpty else {
      throw ExpressionError(at: start, "a number is expected after the minus sign", remedy: "there is no subtraction")
    }
    if next == "." {
      throw ExpressionError(at: position, "numbers are whole", remedy: "write other ones as text, in quotation marks")
    }
    try refuseLetters(after: "the number", from: start)
    guard let number = Int64(sign + digits) else {
      throw ExpressionError(at: start, "the number is too large", remedy: "write it as text, in quotation marks")
    }
    return number
  }

  /// `&HF7`, of which the ampersand stands here; with 16 digits it is the bits of a signed number.
  mutating func readHexadecimal() throws(ExpressionError) -> Int64 {
    let start = position
    advance()
    guard next == "H" || next == "h" else {
      throw ExpressionError(
        at: start,
        "& joins two texts and needs one before it",
        remedy: "&H begins a hexadecimal number"
      )
    }
    advance()
    let digits = takeAll(where: \.isHexDigit)
    try refuseLetters(after: "the hexadecimal number", from: start)
    guard let bits = UInt64(digits, radix: 16) else {
      throw ExpressionError(at: start, "&H must be followed by 1 to 16 hexadecimal digits", remedy: "as in &HF7")
    }
    return Int64(bitPattern: bits)
  }

  private func refuseLetters(after what: String, from start: Int) throws(ExpressionError) {
    guard let next, next.properties.isAlphabetic || next.isDigit || next == "_" else { return }
    throw ExpressionError(at: position, "\(what) is followed by \(found)", remedy: "write text in quotation marks")
  }

  /// The name between brackets, of which the first stands here.
  mutating func readAttribute() throws(ExpressionError) -> String {
    let start = position
    advance()
    skipSpaces()
    let name = takeAll { $0.isASCIILetter || $0.isDigit || "-_.:;".unicodeScalars.contains($0) }
    skipSpaces()
    guard next != nil else {
      throw ExpressionError(at: start, "the attribute that begins here has no end", remedy: "close it with ]")
    }
    guard next == "]" else {
      throw ExpressionError(
        at: position,
        "\(found) cannot be in the name of an attribute",
        remedy: "a name is of letters, digits and hyphens, as in [mS-DS-ConsistencyGuid]"
      )
    }
    guard !name.isEmpty, name.utf8.count <= 256 else {
      throw ExpressionError(at: start, "the name of an attribute is missing or too long", remedy: "as in [mail]")
    }
    advance()
    return name
  }

  /// Letters, digits and underscores.
  mutating func readWord() -> String {
    takeAll { $0.isASCIILetter || $0.isDigit || $0 == "_" || $0 == "." }
  }
}
