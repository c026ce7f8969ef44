/// Times as settings write them: `30s`, `2m`, `1h30m`, `30d`.
enum DurationSyntax {
  static let remedy = #"Write a number with d, h, m or s, for example "2m", "30s" or "1h30m""#

  private static let units: [(letter: Character, seconds: Int)] = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]

  /// Nil unless the text is a sequence of numbers with units, from the largest to the smallest, each at most once.
  static func parse(_ text: String) -> Duration? {
    var total = 0
    var digits = ""
    var remaining = units[...]
    for character in text {
      if ("0"..."9").contains(character) {
        digits.append(character)
        continue
      }
      guard digits.count <= 9, let number = Int(digits),
        let place = remaining.firstIndex(where: { $0.letter == character })
      else { return nil }
      total += number * remaining[place].seconds
      remaining = remaining[(place + 1)...]
      digits = ""
    }
    return digits.isEmpty && !text.isEmpty ? .seconds(total) : nil
  }

  /// The shortest text that `parse` reads as the same time, whole seconds.
  static func text(of duration: Duration) -> String {
    var rest = duration.components.seconds
    guard rest > 0 else { return "0s" }
    var text = ""
    for unit in units {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: Int64(unit.seconds))
      if count > 0 { text += "\(count)\(unit.letter)" }
      rest = remainder
    }
    return text
  }
}
