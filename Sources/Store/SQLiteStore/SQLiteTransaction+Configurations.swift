import Engine
import Model

extension ConfigurationRecord: RowDecodable {
  static let columns = "sink_id, name, nc_id, fingerprint, last_fingerprint, sink, holds_all, hold_reason, held_since"

  init(row: inout RowReader) throws {
    self.init(id: try row.next(), name: try row.next(), source: try row.next())
    fingerprint = try row.next()
    lastFingerprint = try row.next()
    sink = try row.next()
    holdsAll = try row.next()
    holdReason = try row.next()
    heldSince = try row.next()
  }
}

extension ScopeRoot: RowDecodable {
  init(row: inout RowReader) throws {
    self.init(
      name: try row.next(),
      isExcluded: try row.next(),
      guid: try row.next(),
      objectClass: try row.next()
    )
  }
}

extension SQLiteTransaction {
  private enum SQL {
    static let byName = "SELECT \(ConfigurationRecord.columns) FROM configuration WHERE name = ?"
    static let bySource = "SELECT \(ConfigurationRecord.columns) FROM configuration WHERE nc_id = ? ORDER BY sink_id"
    static let all = "SELECT \(ConfigurationRecord.columns) FROM configuration ORDER BY sink_id"
    static let insert = "INSERT INTO configuration (name, nc_id) VALUES (?, ?) RETURNING \(ConfigurationRecord.columns)"
    static let update = """
      UPDATE configuration SET nc_id = ?, fingerprint = ?, last_fingerprint = ?, sink = ?, holds_all = ?,
        hold_reason = ?, held_since = ?
      WHERE sink_id = ?
      """
    static let roots = "SELECT dn, excluded, guid, class FROM scope_root WHERE sink_id = ? ORDER BY position"
    static let insertRoot =
      "INSERT INTO scope_root (sink_id, position, dn, excluded, guid, class) VALUES (?, ?, ?, ?, ?, ?)"
    static let removeRoots = "DELETE FROM scope_root WHERE sink_id = ?"
    static let removeMembers = "DELETE FROM mlink WHERE sink_id = ?"
    static let removeLinks = "DELETE FROM link WHERE sink_id = ?"
    static let removeWithdrawals = "DELETE FROM withdrawal WHERE sink_id = ?"
    static let removeDirty = "DELETE FROM dirty WHERE sink_id = ?"
  }

  func configuration(named name: String) throws -> ConfigurationRecord? {
    try first(SQL.byName, name)
  }

  func configurations() throws -> [ConfigurationRecord] {
    try all(SQL.all)
  }

  func configurations(in source: SourceID) throws -> [ConfigurationRecord] {
    try all(SQL.bySource, source)
  }

  func registerConfiguration(named name: String, source: SourceID) throws -> ConfigurationRecord {
    guard let known = try configuration(named: name) else { return try value(SQL.insert, name, source) }
    guard known.source != source else { return known }
    // Everything below names objects of the domain that it leaves.
    let parts = [SQL.removeRoots, SQL.removeMembers, SQL.removeLinks, SQL.removeWithdrawals, SQL.removeDirty]
    for sql in parts { try execute(sql, known.id) }
    let anew = ConfigurationRecord(id: known.id, name: name, source: source)
    try update(anew)
    return anew
  }

  func update(_ configuration: ConfigurationRecord) throws {
    let changed = try execute(
      SQL.update,
      configuration.source,
      configuration.fingerprint,
      configuration.lastFingerprint,
      configuration.sink,
      configuration.holdsAll,
      configuration.holdReason,
      configuration.heldSince,
      configuration.id
    )
    guard changed == 1 else { throw StoreError.missing(what: "configuration \(configuration.name)") }
  }

  func scopeRoots(of configuration: ConfigurationID) throws -> [ScopeRoot] {
    try all(SQL.roots, configuration)
  }

  func replaceScopeRoots(of configuration: ConfigurationID, with roots: [ScopeRoot]) throws {
    try execute(SQL.removeRoots, configuration)
    for (position, root) in roots.enumerated() {
      try execute(SQL.insertRoot, configuration, position, root.name, root.isExcluded, root.guid, root.objectClass)
    }
  }
}
