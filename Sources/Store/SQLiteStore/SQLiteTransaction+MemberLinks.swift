import Engine
import Model

extension MemberLink: RowDecodable {
  static let columns = "group_id, sink_id, member_id, desired, confirmed, ver, not_before, gate, gate_until"

  init(row: inout RowReader) throws {
    self.init(
      group: try row.next(),
      configuration: try row.next(),
      member: try row.next(),
      isDesired: try row.next(),
      isConfirmed: try row.next(),
      version: try row.next()
    )
    notBefore = try row.next()
    gate = try row.next()
    gateUntil = try row.next()
  }
}

extension SQLiteTransaction {
  private enum SQL {
    static let one = "SELECT \(MemberLink.columns) FROM mlink WHERE sink_id = ? AND group_id = ? AND member_id = ?"
    static let involving = """
      SELECT \(MemberLink.columns) FROM mlink WHERE sink_id = ?1 AND group_id = ?2
      UNION ALL
      SELECT \(MemberLink.columns) FROM mlink INDEXED BY mlink_member WHERE sink_id = ?1 AND member_id = ?2
      """
    static let save = """
      INSERT INTO mlink (sink_id, group_id, member_id, desired, confirmed, ver, not_before, gate, gate_until)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (sink_id, group_id, member_id) DO UPDATE SET
        desired = excluded.desired, confirmed = excluded.confirmed, ver = excluded.ver,
        not_before = excluded.not_before, gate = excluded.gate, gate_until = excluded.gate_until
      """
    static let remove = "DELETE FROM mlink WHERE sink_id = ? AND group_id = ? AND member_id = ?"
    static let removeMembers = "DELETE FROM mlink WHERE sink_id = ? AND group_id = ?"
    static let removeMemberships = "DELETE FROM mlink WHERE sink_id = ? AND member_id = ?"

    /// What can be sent now: of members whose id in the sink is known.
    private static let sendable = """
      FROM mlink INDEXED BY mlink_pending
      WHERE mlink.sink_id = ?1 AND mlink.group_id = ?2 AND mlink.confirmed IS NOT mlink.desired
        AND mlink.gate <= 1 AND (mlink.not_before IS NULL OR mlink.not_before <= ?3)
        AND (EXISTS (
          SELECT 1 FROM link AS member
          WHERE member.sink_id = ?1 AND member.obj_id = mlink.member_id AND member.cloud_id IS NOT NULL
        ) OR EXISTS (
          SELECT 1 FROM configuration AS own
          CROSS JOIN configuration AS other INDEXED BY configuration_sink ON other.sink = own.sink
          CROSS JOIN link AS member ON member.sink_id = other.sink_id AND member.obj_id = mlink.member_id
          WHERE own.sink_id = ?1 AND member.cloud_id IS NOT NULL
        ))
      """
    static let pending = "SELECT \(MemberLink.columns) \(sendable) ORDER BY ver, member_id LIMIT ?4"
    static let nextGroup = """
      SELECT group_id FROM mlink INDEXED BY mlink_pending
      WHERE sink_id = ? AND confirmed IS NOT desired AND group_id > ? ORDER BY group_id LIMIT 1
      """
    static let readyGroup = """
      SELECT \(LinkRecord.columns) FROM link CROSS JOIN obj ON obj.id = link.obj_id
      WHERE link.sink_id = ?1 AND link.obj_id = ?2 AND link.presence IN (1, 2) AND link.state <> 2
        AND link.cloud_id IS NOT NULL
        AND (link.members_not_before IS NULL OR link.members_not_before <= ?3)
        AND EXISTS (SELECT 1 \(sendable))
      """
  }

  func memberLink(_ group: ObjectID, _ configuration: ConfigurationID, _ member: ObjectID) throws -> MemberLink? {
    try first(SQL.one, configuration, group, member)
  }

  /// Goes from group to group in the index of pending memberships: one query over all of them would visit every row of
  /// it to tell the groups apart, for each batch of a first run again.
  func groupsWithPendingMembers(
    _ configuration: ConfigurationID,
    at now: Timestamp,
    limit: Int
  ) throws -> [LinkRecord] {
    var groups: [LinkRecord] = []
    var last = ObjectID(.min)
    while groups.count < limit, let next: ObjectID = try first(SQL.nextGroup, configuration, last) {
      if let group: LinkRecord = try first(SQL.readyGroup, configuration, next, now) { groups.append(group) }
      last = next
    }
    return groups
  }

  func pendingMembers(
    of group: ObjectID,
    _ configuration: ConfigurationID,
    at now: Timestamp,
    limit: Int
  ) throws -> [MemberLink] {
    try all(SQL.pending, configuration, group, now, limit)
  }

  func memberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws -> [MemberLink] {
    try all(SQL.involving, configuration, object)
  }

  func save(_ member: MemberLink) throws {
    try execute(
      SQL.save,
      member.configuration,
      member.group,
      member.member,
      member.isDesired,
      member.isConfirmed,
      member.version,
      member.notBefore,
      member.gate,
      member.gateUntil
    )
  }

  func removeMemberLink(_ group: ObjectID, _ configuration: ConfigurationID, _ member: ObjectID) throws {
    try execute(SQL.remove, configuration, group, member)
  }

  func removeMemberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws {
    try execute(SQL.removeMembers, configuration, object)
    try execute(SQL.removeMemberships, configuration, object)
  }
}
