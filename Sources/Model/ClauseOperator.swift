/// How a clause compares an attribute, under the names that Microsoft's scoping filters store.
package enum ClauseOperator: String, Sendable, CaseIterable {
  case equals = "EQUALS"
  case notEquals = "NOT EQUALS"
  case includes = "Includes"
  case endsWith = "ENDS_WITH"
  /// The value occurs inside the given text: the mirror of `includes`, and no test of bits.
  case isInside = "&"
  case isNotInside = "!&"
  case greaterThan = "Greater_Than"
  case greaterThanOrEquals = "Greater_Than_OR_EQUALS"
  case isNull = "IS NULL"
  case isNotNull = "IS NOT NULL"
  case isTrue = "IS TRUE"
  case isFalse = "IS FALSE"
  case regexMatch = "REGEX MATCH"
  case notRegexMatch = "NOT REGEX MATCH"
}

extension ClauseOperator {
  /// Whether the clause has a value to compare with.
  package var takesValue: Bool {
    switch self {
    case .isNull, .isNotNull, .isTrue, .isFalse: false
    default: true
    }
  }

  /// The names are written in several ways, GREATER_THAN and IS_NULL among them: case, and whether a space, a hyphen or
  /// an underscore stands between words, do not matter.
  package init?(spelling: String) {
    let folded = Self.folded(spelling)
    guard let found = Self.allCases.first(where: { Self.folded($0.rawValue) == folded }) else { return nil }
    self = found
  }

  package static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
  }
}
