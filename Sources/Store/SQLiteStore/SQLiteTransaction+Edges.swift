import Engine
import Model

extension SQLiteTransaction {
  private enum SQL {
    static let groups = "SELECT src_id FROM edge WHERE dst_guid = ? AND attr = 1 ORDER BY src_id"
    static let members = "SELECT dst_guid FROM edge WHERE src_id = ? AND attr = 1 ORDER BY dst_guid"
    static let isMember = "SELECT EXISTS (SELECT 1 FROM edge WHERE src_id = ? AND attr = 1 AND dst_guid = ?)"
    static let insert = "INSERT INTO edge (src_id, attr, dst_guid) VALUES (?, 1, ?) ON CONFLICT DO NOTHING"
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

  func insertEdge(_ group: ObjectID, _ member: GUID) throws -> Bool {
    try execute(SQL.insert, group, member) == 1
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
