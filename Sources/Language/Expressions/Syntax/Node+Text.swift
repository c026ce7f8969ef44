import Patterns

extension Node {
  /// The expression in the one way that `Expression.description` writes it.
  var text: String {
    switch kind {
    case .literal(let value): Self.text(value)
    case .pattern(let pattern): Self.text(.text(pattern.text))
    case .word(let word): word
    case .attribute(let name): "[\(name)]"
    case .call(let function, let arguments): "\(function.name)(\(Self.list(arguments)))"
    case .comparison(let comparison, let left, let right):
      "\(left.operand) \(comparison.rawValue) \(right.operand)"
    case .joined(let operands): operands.map(\.operand).joined(separator: " & ")
    case .missing: ""
    }
  }

  private static func list(_ arguments: [Node]) -> String {
    arguments.map(\.text).joined(separator: ", ")
  }

  /// In parentheses where it would otherwise be taken apart.
  private var operand: String {
    switch kind {
    case .comparison, .joined: "(\(text))"
    default: text
    }
  }

  private static func text(_ value: ExpressionValue) -> String {
    guard case .text(let text) = value else { return value.asText ?? "" }
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}
