/// The syntax of whenCreated and its like: `20261123015736.0Z` (RFC 4517 section 3.3.13, as AD writes it).
package enum GeneralizedTime {
  /// Nil unless it is a full date and time in UTC, with or without a fraction of a second.
  package static func timestamp(_ text: some StringProtocol) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard (15...32).contains(bytes.count), bytes.last == UInt8(ascii: "Z"),
      let year = number(bytes[0..<4]), let month = number(bytes[4..<6]), let day = number(bytes[6..<8]),
      let hour = number(bytes[8..<10]), let minute = number(bytes[10..<12]), let second = number(bytes[12..<14]),
      let fraction = milliseconds(bytes[14..<bytes.count - 1]),
      (1...12).contains(month), (1...days(in: month, of: year)).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    let seconds = ((dayNumber(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    return Timestamp(milliseconds: seconds * 1000 + fraction)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  private static func milliseconds(_ fraction: ArraySlice<UInt8>) -> Int64? {
    guard let mark = fraction.first else { return 0 }
    let digits = fraction.dropFirst()
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ","), !digits.isEmpty, number(digits.prefix(3)) != nil,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return (0..<3).reduce(0) { $0 * 10 + ($1 < digits.count ? Int64(digits[digits.startIndex + $1] - 0x30) : 0) }
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar; the year begins in March, so that the leap day ends it.
  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
