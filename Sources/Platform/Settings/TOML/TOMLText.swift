/// Values as text of a TOML document.
enum TOMLText {
  /// A literal string where that can be, since DNs are full of backslashes; else a basic one.
  static func string(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    // Scalars and not characters: a quote with a combining mark behind it is another character, but ends the string.
    let needsNoEscape = isPlain && !text.unicodeScalars.contains { $0 == "\"" || $0 == "\\" }
    if needsNoEscape { return "\"\(text)\"" }
    if isPlain && !text.unicodeScalars.contains("'") { return "'\(text)'" }
    return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  static func array(_ texts: [String]) -> String {
    "[" + texts.map(string).joined(separator: ", ") + "]"
  }

  /// An array with one element a line, as suits long ones.
  static func list(_ texts: [String]) -> String {
    texts.isEmpty ? "[]" : "[\n" + texts.map { "  \(string($0)),\n" }.joined() + "]"
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
}
