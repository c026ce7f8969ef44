import FoundationEssentials
import Model

extension Timestamp {
  /// `2026-11-24T07:12:40.123Z`
  var rfc3339: String {
    var seconds = milliseconds / 1000
    var rest = milliseconds % 1000
    if rest < 0 {
      seconds -= 1
      rest += 1000
    }
    // The milliseconds by hand: a Date holds binary fractions and would round some of them.
    let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast()
    let digits = String(rest)
    return text + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
  }
}
