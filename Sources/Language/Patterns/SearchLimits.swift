/// How much a search may cost, in the units of PCRE2.
enum SearchLimits {
  /// Bytes. A longer text has no place in a directory where a pattern is asked, and even a pattern without backtracking
  /// may look at the rest of the text from each place in it.
  static let greatestText = 16_384
  /// KiB that backtracking may need.
  static let heap: UInt32 = 16 * 1024
  static let depth: UInt32 = 200_000
  /// Each match of a text keeps a place for each of them.
  static let groups = 100
  /// Steps of backtracking at all places of the text together.
  private static let steps = 4_000_000
  /// What one place may take, at least and at most, whatever the length of the text.
  private static let range = 2_000...1_000_000

  /// PCRE2 counts anew for each place at which a match might begin.
  static func steps(places: Int) -> UInt32 {
    UInt32(min(range.upperBound, max(range.lowerBound, steps / max(1, places))))
  }
}
