import Engine
import GRDB
import SQLiteStore
import Synchronization

/// How SQLite goes about the statements that the store runs.
enum StatementPlans {
  /// The steps of each plan by the text of the statement, for all that run in the body.
  static func of(
    _ body: @escaping @Sendable (StoreFixture, any StoreWriter) throws -> Void
  ) async throws -> [String: [String]] {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let listener = StatementListener()
      let store = try SQLiteStore(path: path) { listener.hear($0) }
      let fixture = try await StoreFixture(store)
      try await store.write { try body(fixture, $0) }
      try store.close()
      return try await DatabaseQueue(path: path).read { database in
        var plans: [String: [String]] = [:]
        for sql in listener.heard {
          let explanation = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
          explanation.setUncheckedArguments([])  // the plan does not depend on the values
          plans[sql] = try Row.fetchAll(explanation).map { $0["detail"] }
        }
        return plans
      }
    }
  }
}

private final class StatementListener: Sendable {
  private let statements = Mutex<Set<String>>([])

  var heard: Set<String> { statements.withLock { $0 } }

  /// Leaves out what belongs to GRDB.
  func hear(_ sql: String) {
    guard ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(where: { sql.hasPrefix($0) }),
      !["grdb_", "sqlite_schema", "sqlite_master"].contains(where: { sql.contains($0) })
    else { return }
    statements.withLock { _ = $0.insert(sql) }
  }
}
