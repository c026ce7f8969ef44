import Foundation
import Testing

@testable import Expressions

@Suite("Dates of expressions")
struct DateTests {
  private static let utc: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
    return calendar
  }()

  /// From 1600 on, where Foundation's calendar is Gregorian too.
  @Test("are those of Foundation's calendar")
  func calendar() throws {
    for step in 0..<3000 as Range<Int64> {
      let milliseconds = -11_676_096_000_000 + step * 88_321_987_654
      let date = ExpressionDate(millisecondsSince1970: milliseconds)
      #expect(date.millisecondsSince1970 == milliseconds)
      let parts = CalendarDate(date)
      #expect(ExpressionDate(parts) == date)
      let wanted = Self.utc.dateComponents(
        [.year, .month, .day, .hour, .minute, .second, .weekday],
        from: Date(timeIntervalSince1970: Double(milliseconds / 1000))
      )
      #expect(milliseconds < 0 || parts.second == wanted.second.map { Int64($0) })
      #expect(parts.year == wanted.year.map { Int64($0) })
      #expect(parts.month == wanted.month.map { Int64($0) })
      #expect(parts.day == wanted.day.map { Int64($0) })
      #expect(parts.hour == wanted.hour.map { Int64($0) })
      #expect(parts.weekday + 1 == wanted.weekday.map { Int64($0) })
    }
  }

  @Test("reach from year 1 to 9999")
  func ends() {
    #expect(CalendarDate(ExpressionDate(millisecondsSince1970: .min)) == CalendarDate(year: 1, month: 1, day: 1))
    let last = CalendarDate(ExpressionDate(millisecondsSince1970: .max))
    #expect(last == CalendarDate(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59, fraction: 9_999_999))
    #expect(ExpressionDate(millisecondsSince1970: -1).millisecondsSince1970 == -1)
    #expect(ExpressionDate(CalendarDate(year: 1, month: 1, day: 1), offset: 1) == nil)
    #expect(ExpressionDate(CalendarDate(year: 2023, month: 2, day: 29)) == nil)
    #expect(ExpressionDate(CalendarDate(year: 2000, month: 2, day: 29)) != nil)
    #expect(ExpressionDate(CalendarDate(year: 1900, month: 2, day: 29)) == nil)
  }

  @Test(
    "are read from text",
    arguments: [
      ("2021-06-30", "6/30/2021 12:00:00 AM"), ("2021-6-3", "6/3/2021 12:00:00 AM"),
      ("2021-06-30Z", "6/30/2021 12:00:00 AM"), ("2021-06-30 +08:00", "6/29/2021 4:00:00 PM"),
      ("2021-06-30T23:59:59.1234567Z", "6/30/2021 11:59:59 PM"), ("2021-06-30 7:05", "6/30/2021 7:05:00 AM"),
      ("6/3/2021 12:00:00 am", "6/3/2021 12:00:00 AM"), ("6/3/2021 12:30 PM", "6/3/2021 12:30:00 PM"),
      ("06/03/2021 1:02:03 PM -0130", "6/3/2021 2:32:03 PM"), (" 20210603010203.0Z ", "6/3/2021 1:02:03 AM"),
      ("20210603010203+0100", "6/3/2021 12:02:03 AM"),
    ]
  )
  func reading(text: String, written: String) throws {
    #expect(try #require(DateText.date(text)).description == written)
  }

  @Test(
    "are not read from other text",
    arguments: [
      "", "2021", "2021-13-01", "2021-02-30", "2021-06-30T", "2021-06-30 25:00", "2021-06-30T10:61",
      "6/3/2021 13:00 PM",
      "6/3/2021 0:00 AM", "6/3/21", "30.6.2021", "2021-06-30+8", "2021-06-30+15:00", "2021-06-30x", "10:30",
      "20210603010203", "20210603010203.Z", "2021-06-30T10:00:00.Z", "２０２１-06-30",
    ]
  )
  func noDate(text: String) {
    #expect(DateText.date(text) == nil)
  }

  @Test(
    "are read and written in the formats of .NET",
    arguments: [
      ("yyyy-MM-dd", "2026-01-02", "2026-01-02"), ("d/M/yy", "2/1/49", "2/1/49"), ("d/M/y", "2/1/50", "2/1/50"),
      ("dddd, d MMMM yyyy", "friday, 2 january 2026", "Friday, 2 January 2026"),
      ("ddd, dd MMM yyyy HH:mm:ss 'GMT'", "Fri, 02 Jan 2026 03:04:05 GMT", "Fri, 02 Jan 2026 03:04:05 GMT"),
      ("h:m:s t yyyy", "12:4:5 A 2026", "12:4:5 A 2026"), ("hh:mm tt yyyy", "12:04 pm 2026", "12:04 PM 2026"),
      ("yyyy-MM-dd HH:mm:ss.fff", "2026-01-02 03:04:05.067", "2026-01-02 03:04:05.067"),
      ("yyyy HH:mm:ss.FFFFFFF", "2026 03:04:05.5", "2026 03:04:05.5"),
      ("yyyy HH:mm:ss.FFF", "2026 03:04:05", "2026 03:04:05"),
      ("yyyy-MM-ddTHH:mmzzz", "2026-01-02T03:04+02:00", "2026-01-02T01:04+00:00"),
      ("yyyy-MM-dd z", "2026-01-02 -2", "2026-01-02 +0"), ("yyyy-MM-ddK", "2026-01-02", "2026-01-02Z"),
      ("yyyy-MM-ddK", "2026-01-02-01:00", "2026-01-02Z"),
      ("o", "2026-01-02T03:04:05.0000067Z", "2026-01-02T03:04:05.0000067Z"),
      ("s", "2026-01-02T03:04:05", "2026-01-02T03:04:05"), ("u", "2026-01-02 03:04:05Z", "2026-01-02 03:04:05Z"),
      ("%d yyyy", "2 2026", "2 2026"), ("yyyy\\y \"d\"", "2026y d", "2026y d"), ("yyyy gg", "2026 A.D.", "2026 A.D."),
      ("HH:mm", "03:04", "03:04"),
    ]
  )
  func formats(format: String, text: String, written: String) throws {
    let format = try DateFormat(format)
    let date = try #require(format.date(text))
    #expect(format.text(of: date) == written)
  }

  @Test("have two digits for the years 1950 to 2049")
  func shortYears() throws {
    let format = try DateFormat("d/M/yy")
    #expect(try #require(format.date("2/1/49")).description == "1/2/2049 12:00:00 AM")
    #expect(try #require(format.date("2/1/50")).description == "1/2/1950 12:00:00 AM")
  }

  @Test(
    "do not fit another format",
    arguments: [
      ("yyyy-MM-dd", "2026-1-02"), ("yyyy-MM-dd", "2026-01-02x"), ("dddd d/M/yyyy", "Monday 2/1/2026"),
      ("hh yyyy", "13 2026"), ("yyyy", "02026"), ("yyyy-MM-dd", "2026-02-29"), ("MMM yyyy", "Foo 2026"),
    ]
  )
  func misfits(format: String, text: String) throws {
    #expect(try DateFormat(format).date(text) == nil)
  }

  @Test("have no format that is none", arguments: ["", "'", "yyyy\\", "%", "%%", "ffffffff"])
  func wrongFormats(format: String) {
    #expect(throws: DateFormatError.self) { try DateFormat(format) }
  }

  @Test("are added to and subtracted from, to the ends of time")
  func adding() throws {
    let date = try #require(DateText.date("2024-02-29T10:00:00Z"))
    #expect(DateInterval.year.adding(-1, to: date)?.description == "2/28/2023 10:00:00 AM")
    #expect(DateInterval.month.adding(-26, to: date)?.description == "12/29/2021 10:00:00 AM")
    #expect(DateInterval.month.adding(12 * 7975 + 10, to: date)?.description == "12/29/9999 10:00:00 AM")
    #expect(DateInterval.month.adding(12 * 7975 + 11, to: date) == nil)
    #expect(DateInterval.year.adding(-2023, to: date)?.description == "2/28/0001 10:00:00 AM")
    #expect(DateInterval.year.adding(-2024, to: date) == nil)
    #expect(DateInterval.hour.adding(-11, to: date)?.description == "2/28/2024 11:00:00 PM")
    for interval in DateInterval.allCases {
      #expect(interval.adding(.max, to: date) == nil)
      #expect(interval.adding(.min, to: date) == nil)
    }
  }

  @Test("of one minute before and after midnight of a Sunday are in two days and weeks")
  func boundaries() throws {
    let before = try #require(DateText.date("2026-01-31T23:59:00Z"))
    let after = try #require(DateText.date("2026-02-01T00:00:00Z"))
    #expect(DateInterval.allCases.map { $0.boundaries(from: before, to: after) } == [0, 1, 1, 1, 1, 1, 60])
    #expect(DateInterval.allCases.map { $0.boundaries(from: after, to: before) } == [0, -1, -1, -1, -1, -1, -60])
  }
}
