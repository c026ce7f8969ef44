/// A date of the Gregorian calendar, taken apart.
struct CalendarDate: Hashable, Sendable {
  var year: Int64
  var month: Int64
  var day: Int64
  var hour: Int64 = 0
  var minute: Int64 = 0
  var second: Int64 = 0
  /// Steps of 100 nanoseconds within the second.
  var fraction: Int64 = 0

  /// Sunday is 0.
  var weekday: Int64 { (Self.dayNumber(year, month, day) + 1) % 7 }

  static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 0001-01-01; the year begins in March, so that the leap day ends it.
  static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 306
  }
}

extension CalendarDate {
  init(_ date: ExpressionDate) {
    // Counted from 0000-03-01, in cycles of 400, 100, 4 years and one.
    var days = date.ticks / ExpressionDate.ticksPerDay + 306
    let era = days / 146_097
    days %= 146_097
    let yearOfEra = (days - days / 1460 + days / 36_524 - days / 146_096) / 365
    let dayOfYear = days - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    let rest = date.ticks % ExpressionDate.ticksPerDay
    let seconds = rest / ExpressionDate.ticksPerSecond
    (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    fraction = rest % ExpressionDate.ticksPerSecond
  }
}

extension ExpressionDate {
  /// Nil unless there is such a date; the offset from UTC, in minutes, is taken off.
  init?(_ date: CalendarDate, offset: Int64 = 0) {
    guard (1...9999).contains(date.year), (1...12).contains(date.month),
      (1...CalendarDate.daysInMonth(date.month, of: date.year)).contains(date.day), (0..<24).contains(date.hour),
      (0..<60).contains(date.minute), (0..<60).contains(date.second), (0..<Self.ticksPerSecond).contains(date.fraction),
      (-14 * 60...14 * 60).contains(offset)
    else { return nil }
    let days = CalendarDate.dayNumber(date.year, date.month, date.day)
    let seconds = ((days * 24 + date.hour) * 60 + date.minute - offset) * 60 + date.second
    self.init(ticks: seconds * Self.ticksPerSecond + date.fraction)
  }
}
