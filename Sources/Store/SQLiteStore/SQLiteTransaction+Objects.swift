import Engine
import Model

extension SQLiteTransaction {
  private enum SQL {
    static let byID = "SELECT \(ObjectRecord.columns) FROM obj WHERE id = ?"
    static let byGUID = "SELECT \(ObjectRecord.columns) FROM obj WHERE guid = ?"
    /// A tombstone keeps its SID, so that a live object goes first.
    static let bySID = """
      SELECT \(ObjectRecord.columns) FROM obj INDEXED BY obj_sid
      WHERE sid = ? AND nc_id = ? ORDER BY live DESC, id LIMIT 1
      """
    static let allBySID = "SELECT \(ObjectRecord.columns) FROM obj INDEXED BY obj_sid WHERE sid = ? ORDER BY id"
    static let principalsBySID = """
      SELECT \(ObjectRecord.columns) FROM obj INDEXED BY obj_principal WHERE sid = ? AND class = 6 ORDER BY id
      """
    /// UNION drops what it has seen, so that a damaged tree with a cycle ends too.
    static let descendants = """
      WITH RECURSIVE below (id) AS (
        SELECT id FROM obj WHERE parent_id = ?1
        UNION
        SELECT obj.id FROM below CROSS JOIN obj ON obj.parent_id = below.id
      )
      SELECT id FROM below WHERE id <> ?1 ORDER BY id
      """
    static let byPrimaryGroup = """
      SELECT id FROM obj INDEXED BY obj_primary_group
      WHERE nc_id = ? AND primary_group = ? AND live = 1 AND class = 1 ORDER BY id
      """
    static let unseen = """
      SELECT \(ObjectRecord.columns) FROM obj
      WHERE id IN (
        SELECT id FROM obj INDEXED BY obj_generation
        WHERE nc_id = ? AND live = 1 AND gen < ? AND class IS NOT NULL ORDER BY id LIMIT ?
      )
      ORDER BY id
      """
    static let liveCount =
      "SELECT count(*) FROM obj INDEXED BY obj_generation WHERE nc_id = ? AND live = 1 AND class IS NOT NULL"
    static let suspects = """
      SELECT \(ObjectRecord.columns) FROM obj INDEXED BY obj_suspect
      WHERE nc_id = ? AND suspect = 1 AND id > ? ORDER BY id LIMIT ?
      """
    static let claims = """
      SELECT \(ObjectRecord.columns) FROM obj INDEXED BY obj_claimant
      WHERE claimant = ? AND id > ? ORDER BY id LIMIT ?
      """
    static let dead = """
      SELECT \(ObjectRecord.columns) FROM obj INDEXED BY obj_dead
      WHERE nc_id = ? AND live = 0 AND deleted_at IS NOT NULL AND suspect = 0 AND id > ? AND deleted_at < ?
      ORDER BY id LIMIT ?
      """
    static let insert = """
      INSERT INTO obj (guid, nc_id, rdn, live, gen, suspect, img) VALUES (?, ?, '', 1, ?, 0, ?)
      """
    static let update = """
      UPDATE obj SET nc_id = ?, parent_id = ?, rdn = ?, class = ?, sid = ?, primary_group = ?, live = ?, deleted_at = ?,
        last_known_parent = ?, gen = ?, suspect = ?, claimant = ?, missing_since = ?, img = ?
      WHERE id = ?
      """
  }

  func object(_ id: ObjectID) throws -> ObjectRecord? {
    try first(SQL.byID, id)
  }

  func object(_ guid: GUID) throws -> ObjectRecord? {
    try first(SQL.byGUID, guid)
  }

  func object(_ sid: SID, in source: SourceID) throws -> ObjectRecord? {
    try first(SQL.bySID, sid, source)
  }

  func objects(_ sid: SID) throws -> [ObjectRecord] {
    try all(SQL.allBySID, sid)
  }

  func foreignPrincipals(_ sid: SID) throws -> [ObjectRecord] {
    try all(SQL.principalsBySID, sid)
  }

  func descendants(of object: ObjectID) throws -> [ObjectID] {
    try all(SQL.descendants, object)
  }

  func users(withPrimaryGroup relativeIdentifier: UInt32, in source: SourceID) throws -> [ObjectID] {
    try all(SQL.byPrimaryGroup, source, relativeIdentifier)
  }

  func unseenObjects(in source: SourceID, before generation: Int64, limit: Int) throws -> [ObjectRecord] {
    try all(SQL.unseen, source, generation, limit)
  }

  func liveObjectCount(in source: SourceID) throws -> Int {
    try value(SQL.liveCount, source)
  }

  func suspects(in source: SourceID, after last: ObjectID?, limit: Int) throws -> [ObjectRecord] {
    try all(SQL.suspects, source, last ?? ObjectID(.min), limit)
  }

  func claims(by source: SourceID, after last: ObjectID?, limit: Int) throws -> [ObjectRecord] {
    try all(SQL.claims, source, last ?? ObjectID(.min), limit)
  }

  func deadObjects(
    in source: SourceID,
    deletedBefore date: Timestamp,
    after last: ObjectID?,
    limit: Int
  ) throws -> [ObjectRecord] {
    try all(SQL.dead, source, last ?? ObjectID(.min), date, limit)
  }

  func insertObject(_ guid: GUID, in source: SourceID, generation: Int64) throws -> ObjectRecord {
    let id = try insert(SQL.insert, guid, source, generation, Image())
    return ObjectRecord(id: ObjectID(id), guid: guid, source: source, generation: generation)
  }

  func update(_ object: ObjectRecord) throws {
    let changed = try execute(
      SQL.update,
      object.source,
      object.parent,
      object.name,
      object.objectClass,
      object.sid,
      object.primaryGroupRID,
      object.isLive,
      object.deletedAt,
      object.lastKnownParent,
      object.generation,
      object.isSuspect,
      object.claimant,
      object.missingSince,
      object.image,
      object.id
    )
    guard changed == 1 else { throw StoreError.missing(what: "object \(object.guid)") }
  }
}
