/// How much a text stands out.
enum Tone {
  case plain
  case heading
  case good
  case warning
  case bad
}

/// Colours text, or leaves it alone where there is no terminal to show them.
enum Style {
  case plain
  case colour

  init(_ terminal: any Terminal) { self = terminal.hasColour ? .colour : .plain }

  func apply(_ tone: Tone, to text: String) -> String {
    guard self == .colour, let code = Self.code(tone) else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// ECMA-48 SGR.
  private static func code(_ tone: Tone) -> String? {
    switch tone {
    case .plain: nil
    case .heading: "1"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    }
  }
}
