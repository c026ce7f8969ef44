import Engine
import Model

extension SQLiteTransaction {
  private enum SQL {
    static let groups = "SELECT src_id FROM edge WHERE dst_guid = ? AND attr = 1 ORDER BY src_id"
    static let members = "SELECT dst_guid FROM edge WHERE src_id = ? AND attr = 1 ORDER BY dst_guid"
    static let isMember = "SELECT EXISTS (SELECT 1 FROM edge WHERE src_id = ? AND attr = 1 AND dst_guid = ?)"
    static let insert =
      "INSERT INTO edge (src_id, attr, dst_guid, expires_at) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING"
    static let setExpiry = """
      UPDATE edge SET expires_at = ?3 WHERE src_id = ?1 AND attr = 1 AND dst_guid = ?2 AND expires_at IS NOT ?3
      """
    static let expired = """
      SELECT edge.src_id, edge.dst_guid FROM edge INDEXED BY edge_expiry CROSS JOIN obj ON obj.id = edge.src_id
      WHERE edge.expires_at <= ? AND obj.nc_id = ? ORDER BY edge.expires_at, edge.src_id, edge.dst_guid LIMIT ?
      """
    static let remove = "DELETE FROM edge WHERE src_id = ? AND attr = 1 AND dst_guid = ?"
    static let removeAll = "DELETE FROM edge WHERE dst_guid = ? AND attr = 1"
  }

  func groups(withMember member: GUID) throws -> [ObjectID] {
    try all(SQL.groups, member)
  }

  func members(of group: ObjectID) throws -> [GUID] {
    try all(SQL.members, group)
  }

  func hasMember(_ group: ObjectID, _ member: GUID) throws -> Bool {
    try value(SQL.isMember, group, member)
  }

  func insertEdge(_ group: ObjectID, _ member: GUID, expires: Timestamp?) throws -> Bool {
    if try execute(SQL.insert, group, member, expires) == 1 { return true }
    try execute(SQL.setExpiry, group, member, expires)
    return false
  }

  func expiredEdges(in source: SourceID, at now: Timestamp, limit: Int) throws -> [DirtyMember] {
    try all(SQL.expired, now, source, limit)
  }

  func removeEdge(_ group: ObjectID, _ member: GUID) throws -> Bool {
    try execute(SQL.remove, group, member) == 1
  }

  func removeEdges(to member: GUID) throws -> [ObjectID] {
    let groups = try groups(withMember: member)
    try execute(SQL.removeAll, member)
    return groups
  }
}
