import Model

/// What all configurations of a daemon share of the provisioning log: how much of it is kept, and who hears of news.
package struct LogKeeper: Sendable {
  package let retention: LogRetention
  package let bell: LogBell

  package init(retention: LogRetention = LogRetention(), bell: LogBell = LogBell()) {
    self.retention = retention
    self.bell = bell
  }

  private static let batch = 1000
  /// More than a run adds, so that what is too old is gone after some runs, and none of them takes long for it.
  private static let batchesOfARun = 50

  /// In many small transactions, between which others may write.
  func prune(_ configuration: ConfigurationID, in store: any Store, at now: Timestamp) async throws {
    let oldest = Timestamp(milliseconds: now.milliseconds - retention.age.milliseconds)
    for _ in 0..<Self.batchesOfARun {
      let pruned = try await store.write { [rows = retention.rows] store in
        try store.pruneLog(of: configuration, before: oldest, keeping: rows, limit: Self.batch)
      }
      if pruned < Self.batch { return }
    }
  }
}
