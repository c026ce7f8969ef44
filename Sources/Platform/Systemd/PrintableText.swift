/// Text that cannot break out of its line, whatever it holds.
enum PrintableText {
  /// Control and format characters as `\n`, `\t` or `\u{…}`; the rest, and so all letters of all scripts, as it is.
  static func escaping(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: mustBeEscaped) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += #"\n"#
      case "\r": result += #"\r"#
      case "\t": result += #"\t"#
      case _ where mustBeEscaped(scalar): result += #"\u{\#(String(scalar.value, radix: 16))}"#
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A value behind `key=`: in quotes where it could be taken for more than one.
  static func value(_ text: String) -> String {
    guard text.isEmpty || text.contains(where: { " \"=".contains($0) }) else { return escaping(text) }
    return "\"" + escaping(text.replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#)) + "\""
  }

  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
