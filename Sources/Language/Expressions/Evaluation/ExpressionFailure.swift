/// Why an expression gave nothing for one object.
package struct ExpressionFailure: Error, Hashable, Sendable {
  /// As the function is documented, or the operator; nil for the expression as a whole.
  package let function: String?
  /// Of the function's name in the expression's text, in characters, from 1.
  package let position: Int
  package let reason: String
  /// The offending value, shortened and without control characters; nil where there is none. `[Redact]` if the expression
  /// hides its values.
  package let value: String?

  package init(function: String?, position: Int, reason: String, value: String? = nil) {
    self.function = function
    self.position = position
    self.reason = reason
    self.value = value
  }
}

extension ExpressionFailure: CustomStringConvertible {
  package var description: String {
    let place = function.map { "\($0) at position \(position): " } ?? "position \(position): "
    return place + reason + (value.map { ": \($0)" } ?? "")
  }
}

/// Ways in which an evaluation ends before its end.
enum Interruption: Error {
  case failure(ExpressionFailure)
  /// By `IgnoreFlowIfNullOrEmpty`.
  case unchanged
}
