import Engine
import Model

extension ObjectRecord: RowDecodable {
  static let columns = """
    id, guid, nc_id, parent_id, rdn, class, sid, primary_group, live, deleted_at, last_known_parent, gen, suspect, \
    claimant, missing_since, img
    """

  init(row: inout RowReader) throws {
    self.init(id: try row.next(), guid: try row.next(), source: try row.next())
    parent = try row.next()
    name = try row.next()
    objectClass = try row.next()
    sid = try row.next()
    primaryGroupRID = try row.next()
    isLive = try row.next()
    deletedAt = try row.next()
    lastKnownParent = try row.next()
    generation = try row.next()
    isSuspect = try row.next()
    claimant = try row.next()
    missingSince = try row.next()
    image = try row.next()
  }
}
