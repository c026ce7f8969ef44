package import Patterns

/// One condition on an attribute. What was checked when the configuration was read is what runs: numbers, times and
/// patterns are kept parsed.
package struct ScopeClause: Hashable, Sendable {
  package let attribute: AttributeName
  package let `operator`: ClauseOperator
  /// As it was written; nil with an operator that takes none.
  package let value: String?
  package let operand: Operand

  package enum Operand: Hashable, Sendable {
    case none
    /// With the time that the text is, too: an attribute may hold either.
    case text(GivenTime?)
    case integer(Int64)
    case time(GivenTime)
    case pattern(Pattern)
  }

  package init(
    _ attribute: AttributeName,
    _ operator: ClauseOperator,
    _ value: String? = nil
  ) throws(ScopeClauseError) {
    self.attribute = attribute
    self.operator = `operator`
    self.value = value
    guard `operator`.takesValue else {
      if value != nil { throw .takesNoValue }
      operand = .none
      return
    }
    guard let value, !value.isEmpty else { throw .needsValue }
    switch `operator` {
    case .greaterThan, .greaterThanOrEquals:
      if let number = Int64(value) {
        operand = .integer(number)
      } else if let time = GivenTime(value) {
        operand = .time(time)
      } else {
        throw .neitherNumberNorTime
      }
    case .regexMatch, .notRegexMatch:
      do throws(PatternError) { operand = .pattern(try Pattern(value)) } catch { throw .pattern(error) }
    case .equals, .notEquals: operand = .text(GivenTime(value))
    default: operand = .text(nil)
    }
  }
}

/// Why an operator cannot go with a value.
package enum ScopeClauseError: Error, Hashable, Sendable {
  case takesNoValue
  case needsValue
  case neitherNumberNorTime
  case pattern(PatternError)
}

extension ScopeClause: CustomStringConvertible {
  /// As people read it: `department EQUALS "Sales"`.
  package var description: String {
    "\(attribute) \(`operator`.rawValue)" + (value.map { " \"\($0)\"" } ?? "")
  }
}
