/// A time that a person wrote, as exactly as it was written: a day, a minute, a second or a thousandth of one.
///
/// ISO 8601: `2026-01-31`, `2026-01-31T12:00Z`, `2026-01-31T12:00:00.5+01:00`. Without an offset it is UTC.
package struct GivenTime: Hashable, Sendable {
  package let start: Timestamp
  /// The first moment after it.
  package let end: Timestamp

  /// Nil when the text is no such time.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    let day = String(decoding: bytes[0..<4] + bytes[5..<7] + bytes[8..<10], as: UTF8.self)
    var clock = "000000"
    var precision = Duration.seconds(86_400)
    var offset = Duration.zero
    if bytes.count > 10 {
      guard bytes[10] == UInt8(ascii: "T"), let time = Self.clock(bytes[11...]) else { return nil }
      (clock, precision, offset) = time
    }
    guard let time = GeneralizedTime.timestamp(day + clock + "Z") else { return nil }
    start = time + (.zero - offset)
    end = start + precision
  }

  private static func clock(_ bytes: ArraySlice<UInt8>) -> (digits: String, precision: Duration, offset: Duration)? {
    let marks = [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")]
    let zoneStart = bytes.firstIndex(where: marks.contains) ?? bytes.endIndex
    guard let offset = offset(bytes[zoneStart...]) else { return nil }
    let parts = String(decoding: bytes[..<zoneStart], as: UTF8.self).split(
      separator: ":",
      omittingEmptySubsequences: false
    )
    guard (2...3).contains(parts.count), parts[0].utf8.count == 2, parts[1].utf8.count == 2 else { return nil }
    guard parts.count == 3 else { return ("\(parts[0])\(parts[1])00", .seconds(60), offset) }
    let isWhole = parts[2].utf8.count == 2
    return (parts.joined(), isWhole ? .seconds(1) : .milliseconds(1), offset)
  }

  /// Nothing, `Z`, or hours and minutes that the clock is ahead of UTC.
  private static func offset(_ zone: ArraySlice<UInt8>) -> Duration? {
    guard let sign = zone.first else { return .zero }
    if sign == UInt8(ascii: "Z") { return zone.count == 1 ? .zero : nil }
    let digits = zone.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self)), number / 100 < 24, number % 100 < 60
    else { return nil }
    let length = Duration.seconds(number / 100 * 3600 + number % 100 * 60)
    return sign == UInt8(ascii: "+") ? length : .zero - length
  }
}
