/// What an evaluation came to.
package struct ExpressionOutcome: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    case value(ExpressionValue)
    /// `IgnoreFlowIfNullOrEmpty` drops the attribute from this flow: the target stays as it is.
    case unchanged
    /// `SelectUniqueValue`: candidates in order, each once, none of them empty. Whoever asked finds the first that is free.
    case choices([String])
  }

  package let result: Result
  /// Whether `Redact` hides the value from logs and plans.
  package let isRedacted: Bool

  package init(_ result: Result, isRedacted: Bool = false) {
    self.result = result
    self.isRedacted = isRedacted
  }
}
