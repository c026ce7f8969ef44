/// Splits a TOML document into its statements, stepping over strings, comments and brackets.
struct DocumentScanner {
  enum Statement {
    case header(keys: [String], isArray: Bool, line: Int)
    case assignment(keys: [String], DocumentLayout.Assignment)
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }  // byte order mark
  }

  /// Nil at the end of the document.
  mutating func next() -> Statement? {
    while true {
      skipBlanksAndComments()
      guard position < bytes.count else { return nil }
      let statement = current == UInt8(ascii: "[") ? scanHeader() : scanAssignment()
      skipLine()
      if let statement { return statement }
    }
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func isAt(_ text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  private mutating func advance() {
    if current == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }

  private mutating func skipSpaces() {
    while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { position += 1 }
  }

  /// Up to the line feed, which belongs to the next line.
  private mutating func skipToLineEnd() {
    while let byte = current, byte != UInt8(ascii: "\n") { position += 1 }
  }

  private mutating func skipLine() {
    skipToLineEnd()
    if position < bytes.count { advance() }
  }

  private mutating func skipBlanksAndComments() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      case UInt8(ascii: "#"): skipToLineEnd()
      default: return
      }
    }
  }

  private mutating func scanHeader() -> Statement? {
    let start = line
    let isArray = isAt("[[")
    position += isArray ? 2 : 1
    guard let keys = scanKeys() else { return nil }
    return .header(keys: keys, isArray: isArray, line: start)
  }

  private mutating func scanKeys() -> [String]? {
    var keys: [String] = []
    while true {
      skipSpaces()
      let start = position
      if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
        skipString()
        guard position - start >= 2 else { return nil }
        keys.append(String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self))
      } else {
        while let byte = current, DocumentLayout.isBareKeyByte(byte) { position += 1 }
        guard position > start else { return nil }
        keys.append(String(decoding: bytes[start..<position], as: UTF8.self))
      }
      skipSpaces()
      guard current == UInt8(ascii: ".") else { return keys }
      position += 1
    }
  }

  private mutating func scanAssignment() -> Statement? {
    let start = line
    guard let keys = scanKeys(), current == UInt8(ascii: "=") else { return nil }
    position += 1
    skipSpaces()
    let valueStart = position
    let elementLines = skipValue()
    var end = position
    while end > valueStart, [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(bytes[end - 1]) {
      end -= 1
    }
    skipToLineEnd()
    let nextLine = min(position + 1, bytes.count)
    let assignment = DocumentLayout.Assignment(
      line: start,
      value: valueStart..<end,
      elementLines: elementLines,
      nextLine: nextLine
    )
    return .assignment(keys: keys, assignment)
  }

  /// Up to the end of the line or the comment behind the value; gives the lines of the elements of an array.
  private mutating func skipValue() -> [Int] {
    var lines: [Int] = []
    var depth = 0
    let isArray = current == UInt8(ascii: "[")
    var awaitsElement = false
    while let byte = current {
      let isBlank = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(byte)
      if depth == 0, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#") { break }
      if isArray, depth == 1, awaitsElement, !isBlank, byte != UInt8(ascii: "#"), byte != UInt8(ascii: "]") {
        lines.append(line)
        awaitsElement = false
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
      case UInt8(ascii: "#"): skipToLineEnd()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth == 1 { awaitsElement = true }
        advance()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        advance()
      case UInt8(ascii: ",") where depth == 1:
        awaitsElement = true
        advance()
      default: advance()
      }
    }
    return lines
  }

  /// Over a string of any of the four forms; the position is at its opening quote.
  private mutating func skipString() {
    let quote = bytes[position]
    let isMultiline = isAt("\"\"\"") || isAt("'''")
    let escapes = quote == UInt8(ascii: "\"")
    position += isMultiline ? 3 : 1
    while let byte = current {
      if escapes, byte == UInt8(ascii: "\\") {
        advance()
        if position < bytes.count { advance() }
      } else if byte == quote {
        guard isMultiline else { return position += 1 }
        let closes = isAt("\"\"\"") || isAt("'''")
        position += closes ? 3 : 1
        guard closes else { continue }
        // Up to two quotes may stand before the closing three.
        while current == quote { position += 1 }
        return
      } else if byte == UInt8(ascii: "\n"), !isMultiline {
        return  // unterminated: the parser has refused it
      } else {
        advance()
      }
    }
  }
}
