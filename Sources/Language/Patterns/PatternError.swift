/// Why a text is not a regular expression.
package struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Characters of the text before the place of the error.
  package let offset: Int
  package let reason: String

  package var description: String { "\(reason) (after \(offset) characters)" }
}

/// Why it cannot be said whether, or where, a pattern matches a text.
package enum PatternFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The search took more steps or memory than any sensible pattern needs: as a rule one repetition inside another.
  case tooCostly
  /// Error of PCRE2 by its number (pcre2api, "ERROR RETURN VALUES FROM pcre2_match()").
  case library(Int)

  package var description: String {
    switch self {
    case .tooCostly: "the regular expression takes too many steps on this text"
    case .library(let number): "the regular expression library failed with error \(number)"
    }
  }
}
