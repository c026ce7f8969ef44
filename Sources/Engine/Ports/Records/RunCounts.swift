package struct RunCounts: Hashable, Sendable {
  /// Entries that the directory delivered.
  package var imported = 0
  package var evaluated = 0
  package var created = 0
  package var updated = 0
  package var disabled = 0
  package var deleted = 0
  package var membersAdded = 0
  package var membersRemoved = 0
  package var failed = 0

  package init() {}
}
