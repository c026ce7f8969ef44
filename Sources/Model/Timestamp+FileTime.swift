extension Timestamp {
  /// Of a FILETIME as AD writes it: units of 100 ns since 1601-01-01 UTC (MS-DTYP 2.3.3). Nil for 0 and for the largest
  /// number, which both mean "never", and for negative ones, which are no dates.
  package init?(fileTime: Int64) {
    guard fileTime > 0, fileTime != .max else { return nil }
    self.init(milliseconds: fileTime / 10_000 - Self.epochOfFileTime)
  }

  /// Milliseconds from 1601-01-01 to 1970-01-01.
  private static let epochOfFileTime: Int64 = 11_644_473_600_000
}
