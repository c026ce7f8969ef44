import Model

extension FuzzTarget {
  static let fileTime = FuzzTarget("file-time", maximumSize: 32) { input in
    let text = input.text
    let isNumber = (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let steps = isNumber ? Int64(text) : nil
    require((FileTime(text) != nil) == (steps != nil), "a number that is not negative is a time")
    if let steps { check(steps, FileTime(text)) }
    guard input.bytes.count == 8 else { return }
    let number = input.bytes.reduce(0) { $0 << 8 | Int64($1) }
    check(number, FileTime(steps: number))
    require(FileTime("\(number)") == FileTime(steps: number), "text and number are the same time")
  }

  private static func check(_ steps: Int64, _ time: FileTime?) {
    switch time {
    case nil: require(steps < 0, "only what is negative is no time")
    case .never: require(steps == 0 || steps == .max, "0 and the largest number are never")
    case .at(let moment):
      let start = (moment.milliseconds + 11_644_473_600_000) * 10_000
      require(start <= steps && steps - start < 10_000, "a time is the millisecond that holds it")
    }
  }

  static let generalizedTime = FuzzTarget("generalized-time", maximumSize: 40) { input in
    let text = input.text
    guard let time = GeneralizedTime.timestamp(text) else { return }
    guard let written = written(time) else { return }
    require(GeneralizedTime.timestamp(written) == time, "the written form reads as the same time")
    let isLeapSecond = text.utf8.dropFirst(12).starts(with: "60".utf8)
    require(isLeapSecond || text.utf8.prefix(14).elementsEqual(written.utf8.prefix(14)), "date and time are kept")
  }

  /// Nil outside of the years 0 to 9999. The date is found by search, unlike where it is read.
  private static func written(_ time: Timestamp) -> String? {
    let dayLength: Int64 = 86_400_000
    let start =
      time.milliseconds >= 0 ? time.milliseconds / dayLength : -((dayLength - 1 - time.milliseconds) / dayLength)
    let rest = time.milliseconds - start * dayLength
    let day = start + 719_528  // since the beginning of year 0
    guard day >= 0, day < 3_652_425 else { return nil }
    var year = day / 366
    while daysBefore(year + 1) <= day { year += 1 }
    var left = day - daysBefore(year)
    let isLeapYear = daysBefore(year + 1) - daysBefore(year) == 366
    var month: Int64 = 1
    for length in [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as [Int64] {
      guard left >= length else { break }
      left -= length
      month += 1
    }
    let seconds = rest / 1000
    return digits(year, 4) + digits(month, 2) + digits(left + 1, 2) + digits(seconds / 3600, 2)
      + digits(seconds / 60 % 60, 2) + digits(seconds % 60, 2) + "." + digits(rest % 1000, 3) + "Z"
  }

  private static func daysBefore(_ year: Int64) -> Int64 {
    // Year 0 is a leap year.
    year == 0 ? 0 : year * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1
  }

  private static func digits(_ number: Int64, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
