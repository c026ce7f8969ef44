/// A date with time in UTC, in steps of 100 nanoseconds, within the years 1 to 9999: what .NET calls DateTime.
package struct ExpressionDate: Hashable, Sendable {
  /// Since the beginning of year 1.
  let ticks: Int64

  static let ticksPerSecond: Int64 = 10_000_000
  static let ticksPerDay = 86_400 * ticksPerSecond
  private static let ticksPerMillisecond: Int64 = 10_000
  private static let last: Int64 = 3_155_378_975_999_999_999
  private static let ticksTo1601: Int64 = 504_911_232_000_000_000
  private static let ticksTo1970: Int64 = 621_355_968_000_000_000

  init?(ticks: Int64) {
    guard (0...Self.last).contains(ticks) else { return nil }
    self.ticks = ticks
  }

  /// The nearest date that there is.
  package init(millisecondsSince1970 milliseconds: Int64) {
    let (steps, isTooLarge) = milliseconds.multipliedReportingOverflow(by: Self.ticksPerMillisecond)
    let (sum, isTooLargeToo) = steps.addingReportingOverflow(Self.ticksTo1970)
    ticks = isTooLarge || isTooLargeToo ? (milliseconds < 0 ? 0 : Self.last) : min(max(sum, 0), Self.last)
  }

  package var millisecondsSince1970: Int64 {
    let steps = ticks - Self.ticksTo1970
    return steps >= 0
      ? steps / Self.ticksPerMillisecond : -((Self.ticksPerMillisecond - 1 - steps) / Self.ticksPerMillisecond)
  }

  /// From the times of Active Directory, 100-nanosecond steps since 1601 (MS-DTYP 2.3.3).
  init?(fileTime: Int64) {
    guard fileTime >= 0, fileTime <= Self.last - Self.ticksTo1601 else { return nil }
    ticks = fileTime + Self.ticksTo1601
  }

  /// Nil before 1601.
  var fileTime: Int64? {
    ticks >= Self.ticksTo1601 ? ticks - Self.ticksTo1601 : nil
  }
}

extension ExpressionDate: Comparable, CustomStringConvertible {
  package static func < (left: ExpressionDate, right: ExpressionDate) -> Bool { left.ticks < right.ticks }

  /// `M/d/yyyy h:mm:ss tt`, the text in which the functions give dates.
  package var description: String { DateFormat.standard.text(of: self) }
}
