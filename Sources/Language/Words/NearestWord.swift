/// The candidate that a misspelt word most likely means; nil when none is near. Case, and a line in place of a hyphen, do not
/// count as misspelt.
package func nearestWord(to word: String, among candidates: [String]) -> String? {
  let folded = word.lowercased().replacing("_", with: "-")
  let nearest = candidates.map { (word: $0, distance: editDistance(folded, $0.lowercased())) }
    .min { $0.distance < $1.distance }
  guard let nearest, nearest.distance <= max(1, folded.count / 3) else { return nil }
  return nearest.word
}

/// Levenshtein distance: insertions, deletions and replacements that make one of the other, within 64 bytes.
private func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.utf8.prefix(64))
  let right = Array(right.utf8.prefix(64))
  var row = Array(0...right.count)
  for (i, byte) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let replaced = diagonal + (byte == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
