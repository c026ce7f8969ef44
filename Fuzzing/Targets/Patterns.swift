import Model
import Patterns

extension FuzzTarget {
  /// A pattern and a text.
  static let pattern = FuzzTarget("pattern", maximumSize: 256) { input in
    let parts = input.parts.map { String(decoding: $0, as: UTF8.self) }
    let text = parts.dropFirst().first ?? ""
    let pattern: Pattern
    do throws(PatternError) {
      pattern = try Pattern(parts[0])
    } catch {
      return require((0...max(parts[0].count, 0)).contains(error.offset), "an error lies within the pattern")
    }
    require((try? Pattern(parts[0])) == pattern, "one text is one pattern")
    if let matches = try? pattern.matches(in: text) {
      require(matches.count <= text.unicodeScalars.count + 1, "there is one match at a place, at most")
      for (former, next) in zip(matches, matches.dropFirst()) {
        require(former.range.upperBound <= next.range.lowerBound, "matches lie one behind the other")
      }
      let same = try? pattern.replacing(in: text) { String(text[$0.range]) }
      require(same?.isIdentical(to: text) == true, "a match in its own place changes nothing")
      if let first = try? pattern.firstMatch(in: text) {
        require(first == matches.first, "the first match is the first of all")
        require(first.group(0) == first.range || first.group(0) == nil, "group 0 is the whole match")
      }
    }
    _ = try? pattern.replacing(in: text, template: parts[0])
  }

  static let givenTime = FuzzTarget("given-time", maximumSize: 40) { input in
    guard let time = GivenTime(input.text) else { return }
    let length = (time.end - time.start).milliseconds
    require([1, 1000, 60_000, 86_400_000].contains(length), "a time is a day, a minute, a second or less")
    let isDay = input.text.utf8.count == 10
    require(isDay == (length == 86_400_000), "a day alone is a day")
    require(!isDay || time.start.milliseconds % 86_400_000 == 0, "a day begins at midnight")
  }
}
