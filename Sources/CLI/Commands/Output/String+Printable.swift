extension String {
  /// Without anything that a terminal would obey. Names and messages come from directories and sinks, and may hold
  /// escape sequences or letters that turn the direction of the line.
  var printable: String {
    guard unicodeScalars.contains(where: \.isTerminalControl) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isTerminalControl ? "\u{FFFD}" : $0 }))
  }

  /// The same for a text of several lines.
  var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line).split(separator: "\t", omittingEmptySubsequences: false) }
      .map { columns in columns.map { String($0).printable }.joined(separator: "\t") }
      .joined(separator: "\n")
  }
}

extension Unicode.Scalar {
  fileprivate var isTerminalControl: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true
    // Marks, embeddings, overrides and isolates of the bidirectional algorithm; line and paragraph separators.
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
