/// Why a text is no expression.
package struct ExpressionError: Error, Hashable, Sendable {
  /// In characters, from 1; one more than there are where something is missing at the end.
  package let position: Int
  package let problem: String
  /// What to do about it; "" where the problem says it.
  package let remedy: String

  init(at position: Int, _ problem: String, remedy: String = "") {
    self.position = position
    self.problem = problem
    self.remedy = remedy
  }
}

extension ExpressionError: CustomStringConvertible {
  package var description: String {
    "position \(position): \(problem)" + (remedy.isEmpty ? "" : "; \(remedy)")
  }
}
