import Patterns

/// A part of an expression.
struct Node: Sendable {
  indirect enum Kind: Sendable {
    case literal(ExpressionValue)
    /// A text that is a regular expression.
    case pattern(Pattern)
    /// A bare word that stands for itself, such as UTF8.
    case word(String)
    case attribute(String)
    case call(Function, [Node])
    case comparison(Comparison, Node, Node)
    /// Two operands of `&` or more; flat, so that a long chain does not nest.
    case joined([Node])
    /// An argument that is left empty.
    case missing
  }

  let kind: Kind
  /// In characters of the text, from 1; of a comparison that of its operator.
  let position: Int

  init(_ kind: Kind, at position: Int) {
    self.kind = kind
    self.position = position
  }

  var isMissing: Bool {
    if case .missing = kind { true } else { false }
  }

  var children: [Node] {
    switch kind {
    case .literal, .pattern, .word, .attribute, .missing: []
    case .call(_, let arguments): arguments
    case .comparison(_, let left, let right): [left, right]
    case .joined(let operands): operands
    }
  }

  /// It and all below it.
  func visit(_ body: (Node) -> Void) {
    body(self)
    for child in children { child.visit(body) }
  }
}

enum Comparison: String, Sendable {
  case equal = "="
  case notEqual = "<>"
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case greater = ">"
  case less = "<"
}
