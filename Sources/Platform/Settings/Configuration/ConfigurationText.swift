/// Edits of a configuration's text that leave every other byte as its author wrote it.
enum ConfigurationText {
  /// The text with `enabled` set; nil when the text is not one in which that can be done.
  static func settingEnabled(_ isEnabled: Bool, in text: String) -> String? {
    let layout = DocumentLayout(text)
    let key = KeyPath.root.appending("enabled")
    let edited =
      if let assignment = layout.assignments[key] {
        replacing(assignment.value, of: text, with: String(isEnabled))
      } else {
        inserting("enabled = \(isEnabled)", into: text, layout)
      }
    // The layout is found without the parser; the result is believed only when the parser agrees.
    guard let edited, let before = try? TOMLNode.parse(text, file: ""),
      let after = try? TOMLNode.parse(edited, file: ""),
      after == before.merging(["enabled": .boolean(isEnabled)], uniquingKeysWith: { $1 })
    else { return nil }
    return edited
  }

  /// Behind the line of `domain`, with which a file begins as a rule, or else at the very start, before any table.
  private static func inserting(_ line: String, into text: String, _ layout: DocumentLayout) -> String? {
    let lineEnd = text.utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
    guard let domain = layout.assignments[KeyPath.root.appending("domain")] else {
      return line + lineEnd + text
    }
    let bytes = Array(text.utf8)
    let isLastLine = bytes[domain.nextLine - 1] != UInt8(ascii: "\n")
    let insertion = isLastLine ? lineEnd + line + lineEnd : line + lineEnd
    return replacing(domain.nextLine..<domain.nextLine, of: text, with: insertion)
  }

  private static func replacing(_ range: Range<Int>, of text: String, with replacement: String) -> String? {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(range, with: replacement.utf8)
    return String(validating: bytes, as: UTF8.self)
  }
}
