import FoundationEssentials

/// Times as people say them.
struct Moment {
  let now: Date

  /// `12 s ago`, `3 h ago`.
  func ago(_ date: Date) -> String {
    let seconds = now.timeIntervalSince(date)
    return seconds < 1 ? "now" : "\(Self.span(seconds)) ago"
  }

  /// `in 30 s`; `now` for what is due.
  func until(_ date: Date) -> String {
    let seconds = date.timeIntervalSince(now)
    return seconds < 1 ? "now" : "in \(Self.span(seconds))"
  }

  /// In the largest unit that leaves at least two of them, so that it is off by less than half.
  static func span(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e12))
    switch whole {
    case ..<120: return "\(whole) s"
    case ..<7200: return "\(whole / 60) min"
    case ..<172_800: return "\(whole / 3600) h"
    default: return "\(whole / 86400) d"
    }
  }
}
