import Model

/// Reads Retry-After (RFC 9110 section 10.2.3), seconds or a date; nil for anything else. At most a day: beyond that it is
/// a mistake.
func retryDelay(header: String, now: Timestamp) -> Duration? {
  let text = header.split(separator: " ").joined(separator: " ")
  let delay: Duration
  if let seconds = Int(text), seconds >= 0 {
    delay = .seconds(min(seconds, 86_400))
  } else if let date = Timestamp(httpDate: text) {
    delay = max(.zero, date - now)
  } else {
    return nil
  }
  return min(delay, .seconds(86_400))
}

extension Timestamp {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that may still be sent (RFC 9110 section 5.6.7).
  init?(httpDate text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), (1...31).contains(day),
      let month = Self.months.firstIndex(of: String(parts[2])), let year = Int(parts[3]), (1970...9999).contains(year)
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }

    // Days since 1970 in the proleptic Gregorian calendar, with years that begin in March so that the leap day is last.
    let shifted = month < 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    let seconds = days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    self.init(milliseconds: Int64(seconds) * 1000)
  }
}
