import Engine
import Model

extension SQLiteTransaction {
  private enum SQL {
    static let links = """
      SELECT \(LinkRecord.columns)
      FROM link INDEXED BY link_gate CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ? AND link.gate <> 0 AND link.gate = ? AND link.obj_id > ? ORDER BY link.obj_id LIMIT ?
      """
    static let members = """
      SELECT \(MemberLink.columns) FROM mlink INDEXED BY mlink_gate
      WHERE sink_id = ? AND gate <> 0 AND gate = ? AND confirmed IS NOT desired AND (group_id, member_id) > (?, ?)
      ORDER BY group_id, member_id LIMIT ?
      """
    static let provisioned = """
      SELECT count(*) FROM link INDEXED BY link_provisioned WHERE sink_id = ? AND provisioned = 1 AND kind = ?
      """
    static let provisionedAtHome = """
      SELECT count(*) FROM link INDEXED BY link_home WHERE sink_id = ? AND home_id = ? AND provisioned = 1
      """
    static let memberCount = "SELECT count(*) FROM mlink WHERE sink_id = ? AND group_id = ? AND confirmed IS NOT 0"
    static let ofKind = """
      SELECT count(*) FROM withdrawal INDEXED BY withdrawal_at
      WHERE sink_id = ? AND at >= ? AND group_id = 0 AND kind = ?
      """
    static let atHome = """
      SELECT count(*) FROM withdrawal INDEXED BY withdrawal_at
      WHERE sink_id = ? AND at >= ? AND group_id = 0 AND home_id = ?
      """
    static let fromGroup = "SELECT count(*) FROM withdrawal WHERE sink_id = ? AND group_id = ? AND at >= ?"
    static let note = """
      INSERT INTO withdrawal (sink_id, obj_id, group_id, kind, home_id, at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (sink_id, group_id, obj_id) DO UPDATE SET
        kind = excluded.kind, home_id = excluded.home_id, at = excluded.at
      """
    static let forget = "DELETE FROM withdrawal INDEXED BY withdrawal_at WHERE sink_id = ? AND at < ?"
  }

  func links(
    _ configuration: ConfigurationID,
    behind gate: Gate,
    after last: ObjectID?,
    limit: Int
  ) throws -> [LinkRecord] {
    try all(SQL.links, configuration, gate, last ?? ObjectID(.min), limit)
  }

  func memberLinks(
    _ configuration: ConfigurationID,
    behind gate: Gate,
    after last: MemberLink?,
    limit: Int
  ) throws -> [MemberLink] {
    let first = ObjectID(.min)
    return try all(SQL.members, configuration, gate, last?.group ?? first, last?.member ?? first, limit)
  }

  func provisionedCount(_ configuration: ConfigurationID, of kind: ResourceKind) throws -> Int {
    try value(SQL.provisioned, configuration, kind)
  }

  func provisionedCount(_ configuration: ConfigurationID, in home: ObjectID) throws -> Int {
    try value(SQL.provisionedAtHome, configuration, home)
  }

  func memberCount(of group: ObjectID, _ configuration: ConfigurationID) throws -> Int {
    try value(SQL.memberCount, configuration, group)
  }

  func withdrawalCount(_ configuration: ConfigurationID, of kind: ResourceKind, since date: Timestamp) throws -> Int {
    try value(SQL.ofKind, configuration, date, kind)
  }

  func withdrawalCount(_ configuration: ConfigurationID, in home: ObjectID, since date: Timestamp) throws -> Int {
    try value(SQL.atHome, configuration, date, home)
  }

  func withdrawalCount(_ configuration: ConfigurationID, from group: ObjectID, since date: Timestamp) throws -> Int {
    try value(SQL.fromGroup, configuration, group, date)
  }

  func note(_ withdrawal: Withdrawal) throws {
    try execute(
      SQL.note,
      withdrawal.configuration,
      withdrawal.object,
      withdrawal.group ?? ObjectID(0),
      withdrawal.kind,
      withdrawal.home,
      withdrawal.date
    )
  }

  func forgetWithdrawals(_ configuration: ConfigurationID, before date: Timestamp) throws {
    try execute(SQL.forget, configuration, date)
  }
}
