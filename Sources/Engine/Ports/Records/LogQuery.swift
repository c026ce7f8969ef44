package import Model

/// Which entries of the provisioning log are wanted; every filter narrows.
package struct LogQuery: Hashable, Sendable {
  package enum Position: Hashable, Sendable {
    /// The newest ones, of those before that id if it is given.
    case latest(before: Int64?)
    /// The oldest ones beyond that id.
    case after(Int64)
  }

  package var position: Position
  package var guid: GUID?
  package var action: LogAction?
  package var status: LogStatus?
  /// Not older.
  package var since: Timestamp?
  package var run: Int64?
  package var limit: Int

  package init(_ position: Position = .latest(before: nil), limit: Int) {
    self.position = position
    self.limit = limit
  }
}

/// How much of the provisioning log is kept, of each configuration.
package struct LogRetention: Hashable, Sendable {
  package let age: Duration
  package let rows: Int

  package init(age: Duration = .seconds(30 * 86_400), rows: Int = 1_000_000) {
    self.age = age
    self.rows = rows
  }
}
