import Engine
import Model

extension LinkRecord: RowDecodable {
  /// With `obj` joined for the GUID.
  static let columns = """
    link.obj_id, link.sink_id, obj.guid, link.kind, link.cloud_id, link.state, link.phase, link.presence, \
    link.desired_ver, link.sent_ver, link.uncertain, link.attempts, link.not_before, link.member_attempts, \
    link.members_not_before, link.left_at, link.gate, link.gate_until, link.home_id, link.last_err, \
    link.desired, link.sent, link.confirmed
    """

  init(row: inout RowReader) throws {
    self.init(
      object: try row.next(),
      configuration: try row.next(),
      guid: try row.next(),
      kind: try row.next()
    )
    remoteID = try row.next()
    state = try row.next()
    phase = try row.next()
    presence = try row.next()
    desiredVersion = try row.next()
    sentVersion = try row.next()
    isUncertain = try row.next()
    attempts = try row.next()
    notBefore = try row.next()
    memberAttempts = try row.next()
    membersNotBefore = try row.next()
    leftAt = try row.next()
    gate = try row.next()
    gateUntil = try row.next()
    home = try row.next()
    lastError = try row.next()
    desired = try row.next()
    sent = try row.next()
    confirmed = try row.next()
  }
}
