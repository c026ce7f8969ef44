import Engine
import Model

extension SQLiteTransaction {
  /// The walks go along `log_walk`, which holds what is filtered by, so that rows are only visited when they are wanted.
  private enum SQL {
    static let select = "SELECT \(LogEntry.columns) FROM log INDEXED BY"
    static let filter = """
      (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR action = ?4) AND (?5 IS NULL OR status = ?5) \
      AND (?6 IS NULL OR run_id = ?6)
      """
    static let latest = "\(select) log_walk WHERE sink_id = ?1 AND id < ?2 AND \(filter) ORDER BY id DESC LIMIT ?7"
    static let after = "\(select) log_walk WHERE sink_id = ?1 AND id > ?2 AND \(filter) ORDER BY id LIMIT ?7"
    static let latestOfObject =
      "\(select) log_object WHERE sink_id = ?1 AND guid = ?8 AND id < ?2 AND \(filter) ORDER BY id DESC LIMIT ?7"
    static let afterOfObject =
      "\(select) log_object WHERE sink_id = ?1 AND guid = ?8 AND id > ?2 AND \(filter) ORDER BY id LIMIT ?7"
    static let first = "SELECT id FROM log INDEXED BY log_walk WHERE sink_id = ? ORDER BY id LIMIT 1"
    static let last = "SELECT id FROM log INDEXED BY log_walk WHERE sink_id = ? ORDER BY id DESC LIMIT 1"
    static let surplus =
      "SELECT id FROM log INDEXED BY log_walk WHERE sink_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?"
    static let append = """
      INSERT INTO log (sink_id, run_id, at, guid, kind, name, action, status, code, reason, cloud_id, changes, members)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    static let prune = """
      DELETE FROM log WHERE id IN (
        SELECT id FROM (SELECT id, at FROM log INDEXED BY log_walk WHERE sink_id = ? ORDER BY id LIMIT ?)
        WHERE at < ? OR id <= ?)
      """
    static let runs =
      "SELECT \(RunRecord.columns) FROM run WHERE sink_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
  }

  func runs(of configuration: ConfigurationID, before id: Int64?, limit: Int) throws -> [RunRecord] {
    try all(SQL.runs, configuration, id ?? .max, limit)
  }

  func log(of configuration: ConfigurationID, _ query: LogQuery) throws -> [LogEntry] {
    let (sql, id) =
      switch query.position {
      case .latest(let before): (query.guid == nil ? SQL.latest : SQL.latestOfObject, before ?? .max)
      case .after(let id): (query.guid == nil ? SQL.after : SQL.afterOfObject, id)
      }
    if let guid = query.guid {
      return try all(sql, configuration, id, query.since, query.action, query.status, query.run, query.limit, guid)
    }
    return try all(sql, configuration, id, query.since, query.action, query.status, query.run, query.limit)
  }

  func lastLogID(of configuration: ConfigurationID) throws -> Int64 {
    try first(SQL.last, configuration) ?? 0
  }

  func append(_ entry: LogEntry) throws {
    _ = try insert(
      SQL.append,
      entry.configuration,
      entry.run,
      entry.time,
      entry.guid,
      entry.kind,
      entry.name,
      entry.action,
      entry.status,
      entry.code,
      entry.reason,
      entry.remoteID,
      LoggedChanges(of: entry),
      entry.members
    )
  }

  func pruneLog(
    of configuration: ConfigurationID,
    before date: Timestamp,
    keeping rows: Int,
    limit: Int
  ) throws -> Int {
    guard let oldest: Int64 = try first(SQL.first, configuration) else { return 0 }
    var surplus: Int64 = 0
    // Counting takes a while; the ids show when there cannot be that many.
    if try lastLogID(of: configuration) - oldest >= Int64(rows) {
      surplus = try first(SQL.surplus, configuration, rows) ?? 0
    }
    return try execute(SQL.prune, configuration, limit, date, surplus)
  }
}
