package import Model

/// What one export did, and why it ended.
package struct ExportReport: Sendable {
  package var counts = RunCounts()
  /// The sink as a whole could not be used.
  package var unavailable: SinkUnavailable?
  /// The sink asked for a pause that is too long for one run: nothing is to be sent before.
  package var pausedUntil: Timestamp?
  /// Time was up; more is pending.
  package var hasMore = false

  package init() {}
}
