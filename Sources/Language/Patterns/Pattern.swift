/// A regular expression, as administrators write it for Microsoft's products in the .NET dialect, matched by PCRE2 in
/// bounded time and memory.
///
/// `\d`, `\w`, `\s`, `\b` and letter case follow Unicode; `.` stops at a line feed only; `\u20AC` is a character; groups
/// are `(…)`, `(?<name>…)` or `(?'name'…)`. All of this is as in .NET. What differs:
/// - Groups are numbered by their opening parentheses, named ones included; .NET numbers named groups after the others.
/// - Refused: subtraction of classes `[a-z-[aeiou]]`, balancing groups `(?<a-b>…)`, named blocks `\p{IsGreek}`, and a
///   lookbehind whose alternatives have no fixed lengths.
/// - Case is that of single characters and of no culture: `ß` is not `SS`.
/// - Besides: possessive quantifiers, recursion, `\Q…\E` and POSIX classes such as `[[:alpha:]]`.
/// - A text of more than 16,384 bytes counts as too costly, whatever the pattern.
package struct Pattern: Sendable {
  package let text: String
  package let ignoresCase: Bool
  let compiled: CompiledPattern

  package static let greatestLength = 10_000

  /// - Throws: where the text is no regular expression, or has more than 10,000 characters or 100 groups.
  package init(_ text: String, ignoringCase: Bool = false) throws(PatternError) {
    guard text.utf8.count <= 4 * Self.greatestLength, text.count <= Self.greatestLength else {
      throw PatternError(offset: Self.greatestLength, reason: "more than \(Self.greatestLength) characters")
    }
    if let subtraction = ClassSubtraction.find(in: text) {
      throw PatternError(
        offset: text[..<subtraction].count,
        reason: "a class cannot be subtracted from a class; write (?![…]) in front instead"
      )
    }
    self.text = text
    ignoresCase = ignoringCase
    compiled = try CompiledPattern(text, ignoringCase: ignoringCase)
  }

  /// Whether the pattern matches all of the text, and not only a part of it.
  package func matchesWhole(_ text: String) throws(PatternFailure) -> Bool {
    try compiled.search(text, from: 0, isWhole: true) != nil
  }

  package func firstMatch(in text: String) throws(PatternFailure) -> PatternMatch? {
    try compiled.search(text, from: 0).map { PatternMatch($0, in: text, names: compiled.names) }
  }

  /// All matches, from left to right, none within another. After an empty one the search goes on at the next character.
  package func matches(in text: String) throws(PatternFailure) -> [PatternMatch] {
    var matches: [PatternMatch] = []
    var start = 0
    while start <= text.utf8.count, let found = try compiled.search(text, from: start), let whole = found[0] {
      let match = PatternMatch(found, in: text, names: compiled.names)
      matches.append(match)
      start = whole.upperBound
      guard whole.isEmpty else { continue }
      guard match.range.upperBound < text.endIndex else { break }
      start += text.unicodeScalars[match.range.upperBound].utf8.count
    }
    return matches
  }
}

extension Pattern: Hashable {
  package static func == (left: Pattern, right: Pattern) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8) && left.ignoresCase == right.ignoresCase
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(ignoresCase)
  }
}
