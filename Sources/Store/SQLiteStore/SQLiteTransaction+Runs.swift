import Engine
import Model

extension RunRecord: RowDecodable {
  static let columns = """
    id, sink_id, reason, started, ended, outcome, detail, imported, evaluated, created, updated, disabled, deleted, \
    members_added, members_removed, failed
    """

  init(row: inout RowReader) throws {
    self.init(id: try row.next(), configuration: try row.next(), reason: try row.next(), started: try row.next())
    ended = try row.next()
    outcome = try row.next()
    detail = try row.next()
    counts.imported = try row.next()
    counts.evaluated = try row.next()
    counts.created = try row.next()
    counts.updated = try row.next()
    counts.disabled = try row.next()
    counts.deleted = try row.next()
    counts.membersAdded = try row.next()
    counts.membersRemoved = try row.next()
    counts.failed = try row.next()
  }
}

extension SQLiteTransaction {
  private enum SQL {
    static let last = "SELECT \(RunRecord.columns) FROM run WHERE sink_id = ? ORDER BY id DESC LIMIT 1"
    static let begin = """
      INSERT INTO run (sink_id, reason, started, imported, evaluated, created, updated, disabled, deleted,
        members_added, members_removed, failed)
      VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      """
    static let update = """
      UPDATE run SET ended = ?, outcome = ?, detail = ?, imported = ?, evaluated = ?, created = ?, updated = ?,
        disabled = ?, deleted = ?, members_added = ?, members_removed = ?, failed = ?
      WHERE id = ?
      """
    static let prune = """
      DELETE FROM run WHERE sink_id = ?1
        AND id <= (SELECT id FROM run WHERE sink_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
      """
    static let provisioned =
      "SELECT count(*) FROM link INDEXED BY link_provisioned WHERE sink_id = ? AND provisioned = 1"
    static let waiting =
      "SELECT count(*) FROM link INDEXED BY link_waiting WHERE sink_id = ? AND state IN (1, 3) AND state = ?"
    static let inflight = "SELECT count(*) FROM link INDEXED BY link_inflight WHERE sink_id = ? AND state = 2"
    static let failing = """
      SELECT (SELECT count(*) FROM link INDEXED BY link_failing
          WHERE sink_id = ?1 AND (state = 3 OR attempts > 0 OR member_attempts > 0)
            AND (state = 3 OR (attempts > 0 AND state <> 0)
              OR (member_attempts > 0 AND presence IN (1, 2) AND EXISTS (
                SELECT 1 FROM mlink INDEXED BY mlink_pending
                WHERE mlink.sink_id = ?1 AND mlink.group_id = link.obj_id AND mlink.confirmed IS NOT mlink.desired))))
        + (SELECT count(*) FROM mlink INDEXED BY mlink_refused
          WHERE sink_id = ?1 AND not_before IS NOT NULL AND confirmed IS NOT desired
            AND EXISTS (SELECT 1 FROM link
              WHERE link.sink_id = ?1 AND link.obj_id = mlink.group_id AND link.presence IN (1, 2)))
      """
    static let gated = """
      SELECT (SELECT count(*) FROM link INDEXED BY link_gate WHERE sink_id = ?1 AND gate <> 0 AND gate = ?2)
        + (SELECT count(*) FROM mlink INDEXED BY mlink_gate
          WHERE sink_id = ?1 AND gate <> 0 AND gate = ?2 AND confirmed IS NOT desired)
      """
    static let pendingMembers =
      "SELECT count(*) FROM mlink INDEXED BY mlink_pending WHERE sink_id = ? AND confirmed IS NOT desired"
  }

  func lastRun(of configuration: ConfigurationID) throws -> RunRecord? {
    try first(SQL.last, configuration)
  }

  func beginRun(_ configuration: ConfigurationID, reason: RunReason, at now: Timestamp) throws -> RunRecord {
    let id = try insert(SQL.begin, configuration, reason, now)
    return RunRecord(id: id, configuration: configuration, reason: reason, started: now)
  }

  func update(_ run: RunRecord) throws {
    let counts = run.counts
    let changed = try execute(
      SQL.update,
      run.ended,
      run.outcome,
      run.detail,
      counts.imported,
      counts.evaluated,
      counts.created,
      counts.updated,
      counts.disabled,
      counts.deleted,
      counts.membersAdded,
      counts.membersRemoved,
      counts.failed,
      run.id
    )
    guard changed == 1 else { throw StoreError.missing(what: "run \(run.id)") }
  }

  func pruneRuns(of configuration: ConfigurationID, keeping count: Int) throws {
    _ = try execute(SQL.prune, configuration, Int64(count))
  }

  func counts(of configuration: ConfigurationID) throws -> StoreCounts {
    var counts = StoreCounts()
    counts.provisioned = try value(SQL.provisioned, configuration)
    counts.pending = try value(SQL.waiting, configuration, LinkRecord.State.pending)
    counts.pending += try value(SQL.inflight, configuration)
    counts.escrowed = try value(SQL.waiting, configuration, LinkRecord.State.escrow)
    counts.failing = try value(SQL.failing, configuration)
    counts.pendingMembers = try value(SQL.pendingMembers, configuration)
    counts.held = try value(SQL.gated, configuration, Gate.held)
    counts.rejected = try value(SQL.gated, configuration, Gate.rejected)
    return counts
  }
}
