import Engine
import Model

extension DirtyObject: RowDecodable {
  init(row: inout RowReader) throws {
    let object = try row.next(ObjectID.self)
    let configuration = try row.next(ConfigurationID.self)
    self.init(object: object, configuration: configuration == .all ? nil : configuration)
  }
}

extension DirtyMember: RowDecodable {
  init(row: inout RowReader) throws {
    self.init(group: try row.next(), member: try row.next())
  }
}

extension ConfigurationID {
  /// Stands for every configuration of the domain in a primary key, where NULL would not be unique.
  fileprivate static let all = ConfigurationID(0)
}

extension SQLiteTransaction {
  private enum SQL {
    static let dirty = """
      SELECT dirty.obj_id, dirty.sink_id FROM dirty CROSS JOIN obj ON obj.id = dirty.obj_id
      LEFT JOIN configuration ON configuration.sink_id = dirty.sink_id
      WHERE coalesce(configuration.nc_id, obj.nc_id) = ? ORDER BY dirty.obj_id, dirty.sink_id LIMIT ?
      """
    static let mark = "INSERT INTO dirty (obj_id, sink_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
    static let markAll = "INSERT OR IGNORE INTO dirty (obj_id, sink_id) SELECT id, ?2 FROM obj WHERE nc_id = ?1"
    static let clear = "DELETE FROM dirty WHERE obj_id = ? AND sink_id = ?"
    static let dirtyMembers = """
      SELECT dirty_member.group_id, dirty_member.member_guid
      FROM dirty_member CROSS JOIN obj ON obj.id = dirty_member.group_id
      WHERE obj.nc_id = ? ORDER BY dirty_member.group_id, dirty_member.member_guid LIMIT ?
      """
    static let markMember = "INSERT INTO dirty_member (group_id, member_guid) VALUES (?, ?) ON CONFLICT DO NOTHING"
    static let clearMember = "DELETE FROM dirty_member WHERE group_id = ? AND member_guid = ?"
    static let due = "SELECT obj_id FROM timer WHERE at <= ? ORDER BY at, obj_id LIMIT ?"
    static let setTimer =
      "INSERT INTO timer (obj_id, at) VALUES (?, ?) ON CONFLICT (obj_id) DO UPDATE SET at = min(at, excluded.at)"
    static let clearTimer = "DELETE FROM timer WHERE obj_id = ?"
  }

  func dirtyObjects(in source: SourceID, limit: Int) throws -> [DirtyObject] {
    try all(SQL.dirty, source, limit)
  }

  func dirtyMembers(in source: SourceID, limit: Int) throws -> [DirtyMember] {
    try all(SQL.dirtyMembers, source, limit)
  }

  func dueTimers(at now: Timestamp, limit: Int) throws -> [ObjectID] {
    try all(SQL.due, now, limit)
  }

  func markDirty(_ object: ObjectID, _ configuration: ConfigurationID?) throws {
    try execute(SQL.mark, object, configuration ?? .all)
  }

  func markAllDirty(in source: SourceID, _ configuration: ConfigurationID) throws {
    try execute(SQL.markAll, source, configuration)
  }

  func markMemberDirty(_ group: ObjectID, _ member: GUID) throws {
    try execute(SQL.markMember, group, member)
  }

  func clearDirty(_ objects: [DirtyObject]) throws {
    for dirty in objects { try execute(SQL.clear, dirty.object, dirty.configuration ?? .all) }
  }

  func clearDirty(_ members: [DirtyMember]) throws {
    for dirty in members { try execute(SQL.clearMember, dirty.group, dirty.member) }
  }

  func setTimer(_ object: ObjectID, at date: Timestamp) throws {
    try execute(SQL.setTimer, object, date)
  }

  func clearTimers(_ objects: [ObjectID]) throws {
    for object in objects { try execute(SQL.clearTimer, object) }
  }
}
