import Engine
import Model

extension SQLiteTransaction {
  private enum SQL {
    static let byDomain = "SELECT \(SourceRecord.columns) FROM source WHERE domain = ?"
    static let byID = "SELECT \(SourceRecord.columns) FROM source WHERE nc_id = ?"
    static let insert = "INSERT INTO source (domain) VALUES (?) ON CONFLICT (domain) DO NOTHING"
    static let update = """
      UPDATE source SET nc_dn = ?, nc_root_guid = ?, domain_sid = ?, dc_dns = ?, invocation_id = ?, controllers = ?,
        method = ?, cookie_stable = ?, cookie_cycle = ?, cookie_sum = ?, cookie_time = ?,
        cycle_began = ?, read_until = ?, cookie_covered = ?,
        covered_since = ?, cfg_hash = ?, gen = ?, cycle_state = ?, last_full = ?, full_reason = ?, full_due = ?
      WHERE nc_id = ?
      """
  }

  func source(domain: String) throws -> SourceRecord? {
    try first(SQL.byDomain, domain.lowercased())
  }

  func source(_ id: SourceID) throws -> SourceRecord? {
    try first(SQL.byID, id)
  }

  func registerSource(domain: String) throws -> SourceRecord {
    try execute(SQL.insert, domain.lowercased())
    return try value(SQL.byDomain, domain.lowercased())
  }

  func update(_ source: SourceRecord) throws {
    let changed = try execute(
      SQL.update,
      source.namingContext,
      source.namingContextGUID,
      source.domainSID,
      source.controller,
      source.invocationID,
      source.controllers,
      source.method,
      source.stableCookie,
      source.cycleCookie,
      source.cookieSum,
      source.cookieTime,
      source.cycleBegan,
      source.readUntil,
      source.coveredCookie,
      source.coveredSince,
      source.readFingerprint,
      source.generation,
      source.isFullCycle,
      source.lastFullRead,
      source.fullReadReason,
      source.fullReadDue,
      source.id
    )
    guard changed == 1 else { throw StoreError.missing(what: "source \(source.id.rawValue)") }
  }
}
