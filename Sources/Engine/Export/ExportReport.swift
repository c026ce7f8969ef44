/// What one export did, and why it ended.
package struct ExportReport: Sendable {
  package var counts = RunCounts()
  /// The sink as a whole could not be used.
  package var unavailable: SinkUnavailable?
  /// Time was up; more is pending.
  package var hasMore = false

  package init() {}
}
