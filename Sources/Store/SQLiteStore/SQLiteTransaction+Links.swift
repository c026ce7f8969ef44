import Engine
import Model

extension SQLiteTransaction {
  private enum SQL {
    static let one = """
      SELECT \(LinkRecord.columns) FROM link CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ? AND link.obj_id = ?
      """
    static let page = """
      SELECT \(LinkRecord.columns)
      FROM link INDEXED BY sqlite_autoindex_link_1 CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ? AND link.obj_id > ? ORDER BY link.obj_id LIMIT ?
      """
    static let byRemoteID = """
      SELECT \(LinkRecord.columns) FROM link INDEXED BY link_cloud CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ? AND link.cloud_id = ? ORDER BY link.obj_id LIMIT 1
      """
    static let pending = """
      SELECT \(LinkRecord.columns)
      FROM link INDEXED BY link_waiting CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ?1 AND link.phase = ?2 AND link.state IN (1, 3) AND link.gate <= 1
        AND (link.not_before <= ?3 OR (link.state = 1 AND link.not_before IS NULL))
      ORDER BY link.obj_id LIMIT ?4
      """
    static let inflight = """
      SELECT \(LinkRecord.columns)
      FROM link INDEXED BY link_inflight CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ? AND link.state = 2 ORDER BY link.obj_id LIMIT ?
      """
    static let foreign = """
      SELECT link.obj_id FROM link INDEXED BY sqlite_autoindex_link_1 CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ?1 AND obj.nc_id <> (SELECT nc_id FROM configuration WHERE sink_id = ?1)
      ORDER BY link.obj_id
      """
    static let ofKind = "SELECT EXISTS (SELECT 1 FROM link WHERE sink_id = ? AND kind = ?)"
    static let traces = """
      SELECT EXISTS (SELECT 1 FROM link WHERE sink_id = ? AND (confirmed IS NOT NULL OR uncertain = 1 OR state = 2))
      """
    static let save = """
      INSERT INTO link (obj_id, sink_id, kind, cloud_id, state, phase, presence, desired_ver, sent_ver, uncertain,
        attempts, not_before, member_attempts, members_not_before, left_at, gate, gate_until, home_id, last_err,
        desired, sent, confirmed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (sink_id, obj_id) DO UPDATE SET
        kind = excluded.kind, cloud_id = excluded.cloud_id, state = excluded.state, phase = excluded.phase,
        presence = excluded.presence, desired_ver = excluded.desired_ver, sent_ver = excluded.sent_ver,
        uncertain = excluded.uncertain, attempts = excluded.attempts, not_before = excluded.not_before,
        member_attempts = excluded.member_attempts, members_not_before = excluded.members_not_before,
        left_at = excluded.left_at, gate = excluded.gate, gate_until = excluded.gate_until,
        home_id = excluded.home_id, last_err = excluded.last_err, desired = excluded.desired, sent = excluded.sent,
        confirmed = excluded.confirmed
      """
    static let remove = "DELETE FROM link WHERE sink_id = ? AND obj_id = ?"
    static let nextVersion = "UPDATE sequence SET version = version + 1 WHERE id = 1 RETURNING version"
  }

  func link(_ object: ObjectID, _ configuration: ConfigurationID) throws -> LinkRecord? {
    try first(SQL.one, configuration, object)
  }

  func links(_ configuration: ConfigurationID, after last: ObjectID?, limit: Int) throws -> [LinkRecord] {
    try all(SQL.page, configuration, last ?? ObjectID(.min), limit)
  }

  func foreignObjects(linkedBy configuration: ConfigurationID) throws -> [ObjectID] {
    try all(SQL.foreign, configuration)
  }

  func hasLinks(of kind: ResourceKind, _ configuration: ConfigurationID) throws -> Bool {
    try value(SQL.ofKind, configuration, kind)
  }

  func link(remoteID: String, _ configuration: ConfigurationID) throws -> LinkRecord? {
    try first(SQL.byRemoteID, configuration, remoteID)
  }

  func pendingLinks(
    _ configuration: ConfigurationID,
    phase: ExportPhase,
    at now: Timestamp,
    limit: Int
  ) throws -> [LinkRecord] {
    try all(SQL.pending, configuration, phase, now, limit)
  }

  func hasLeftTraces(_ configuration: ConfigurationID) throws -> Bool {
    try value(SQL.traces, configuration)
  }

  func inflightLinks(_ configuration: ConfigurationID, limit: Int) throws -> [LinkRecord] {
    try all(SQL.inflight, configuration, limit)
  }

  func save(_ link: LinkRecord) throws {
    try execute(
      SQL.save,
      link.object,
      link.configuration,
      link.kind,
      link.remoteID,
      link.state,
      link.phase,
      link.presence,
      link.desiredVersion,
      link.sentVersion,
      link.isUncertain,
      link.attempts,
      link.notBefore,
      link.memberAttempts,
      link.membersNotBefore,
      link.leftAt,
      link.gate,
      link.gateUntil,
      link.home,
      link.lastError,
      link.desired,
      link.sent,
      link.confirmed
    )
  }

  func removeLink(_ object: ObjectID, _ configuration: ConfigurationID) throws {
    try execute(SQL.remove, configuration, object)
  }

  func nextVersion() throws -> Int64 {
    try value(SQL.nextVersion)
  }
}
