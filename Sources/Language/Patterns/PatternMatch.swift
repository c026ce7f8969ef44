/// Where a pattern matched a text.
package struct PatternMatch: Hashable, Sendable {
  /// Place of the whole match.
  package let range: Range<String.Index>
  private let groups: [Range<String.Index>?]
  private let names: [String: [Int]]

  init(_ found: [Range<Int>?], in text: String, names: [String: [Int]]) {
    let places = found.map { place in
      place.map {
        text.utf8.index(
          text.startIndex,
          offsetBy: $0.lowerBound
        )..<text.utf8.index(
          text.startIndex,
          offsetBy: $0.upperBound
        )
      }
    }
    groups = places
    range = places.first.flatMap(\.self) ?? text.startIndex..<text.startIndex
    self.names = names
  }

  /// Number of groups of the pattern, whether they took part or not.
  package var groupCount: Int { groups.count - 1 }

  /// Place of a group, counted from 1; 0 is the whole match. Nil when there is no such group or it took no part.
  package func group(_ number: Int) -> Range<String.Index>? {
    groups.indices.contains(number) ? groups[number] : nil
  }

  /// Of several groups with the name, the one that took part. Names are compared with regard to case.
  package func group(named name: String) -> Range<String.Index>? {
    for number in names[name] ?? [] {
      if let range = group(number) { return range }
    }
    return nil
  }

  package func hasGroup(named name: String) -> Bool { names[name] != nil }
}
