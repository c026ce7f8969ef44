/// The units of `DateAdd` and `DateDiff`.
enum DateInterval: String, CaseIterable, Sendable {
  case year = "yyyy"
  case month = "m"
  case day = "d"
  case week = "ww"
  case hour = "h"
  case minute = "n"
  case second = "s"

  /// Nil for months and years, whose length differs.
  private var seconds: Int64? {
    switch self {
    case .year, .month: nil
    case .week: 7 * 86_400
    case .day: 86_400
    case .hour: 3600
    case .minute: 60
    case .second: 1
    }
  }

  /// The date so many units later; nil beyond the years 1 to 9999. A day that the month does not have becomes its last.
  func adding(_ count: Int64, to date: ExpressionDate) -> ExpressionDate? {
    guard let seconds else { return addingMonths(count, to: date) }
    let (ticks, isTooLarge) = count.multipliedReportingOverflow(by: seconds * ExpressionDate.ticksPerSecond)
    let (sum, isTooLargeToo) = ticks.addingReportingOverflow(date.ticks)
    return isTooLarge || isTooLargeToo ? nil : ExpressionDate(ticks: sum)
  }

  private func addingMonths(_ count: Int64, to date: ExpressionDate) -> ExpressionDate? {
    guard (-120_000...120_000).contains(count) else { return nil }
    var result = CalendarDate(date)
    let months = result.year * 12 + result.month - 1 + (self == .year ? count * 12 : count)
    guard months >= 12 else { return nil }
    (result.year, result.month) = (months / 12, months % 12 + 1)
    result.day = min(result.day, CalendarDate.daysInMonth(result.month, of: result.year))
    return ExpressionDate(result)
  }

  /// How many boundaries of the unit lie between the two, as VBA counts them; weeks begin on Sunday.
  func boundaries(from start: ExpressionDate, to end: ExpressionDate) -> Int64 {
    switch self {
    case .year: CalendarDate(end).year - CalendarDate(start).year
    case .month: Self.months(end) - Self.months(start)
    // 0001-01-01 was a Monday.
    case .week: (Self.units(end, 86_400) + 1) / 7 - (Self.units(start, 86_400) + 1) / 7
    case .day, .hour, .minute, .second: Self.units(end, seconds ?? 1) - Self.units(start, seconds ?? 1)
    }
  }

  private static func months(_ date: ExpressionDate) -> Int64 {
    let date = CalendarDate(date)
    return date.year * 12 + date.month
  }

  private static func units(_ date: ExpressionDate, _ seconds: Int64) -> Int64 {
    date.ticks / ExpressionDate.ticksPerSecond / seconds
  }
}
