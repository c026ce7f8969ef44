import Engine
import GRDB

extension SQLiteStore {
  static func settings(path: String, _ onStatement: (@Sendable (String) -> Void)?) -> GRDB.Configuration {
    var settings = GRDB.Configuration()
    settings.label = "store"
    settings.maximumReaderCount = 4
    // Nobody else writes while the lock is held, except an administrator with a tool of SQLite.
    settings.busyMode = .timeout(10)
    settings.prepareDatabase { database in
      if let onStatement {
        database.trace { if case .statement(let statement) = $0 { onStatement(statement.sql) } }
      }
      guard !database.configuration.readonly else { return }
      try Schema.refuseForeign(database, path: path)
      try database.execute(
        sql: """
          PRAGMA cache_size = -16384; -- 16 MiB: the indexes that a large import touches at random
          PRAGMA journal_size_limit = 67108864;
          """
      )
    }
    return settings
  }
}
