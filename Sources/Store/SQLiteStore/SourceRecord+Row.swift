import Engine
import Model

extension SourceRecord: RowDecodable {
  static let columns = """
    nc_id, domain, nc_dn, nc_root_guid, domain_sid, dc_dns, invocation_id, controllers, method, \
    cookie_stable, cookie_cycle, cookie_sum, cookie_time, cycle_began, read_until, cookie_covered, covered_since, \
    cfg_hash, gen, cycle_state, last_full, full_reason, full_due
    """

  init(row: inout RowReader) throws {
    self.init(id: try row.next(), domain: try row.next())
    namingContext = try row.next()
    namingContextGUID = try row.next()
    domainSID = try row.next()
    controller = try row.next()
    invocationID = try row.next()
    controllers = try row.next(KnownControllers?.self) ?? KnownControllers()
    method = try row.next()
    stableCookie = try row.next()
    cycleCookie = try row.next()
    cookieSum = try row.next()
    cookieTime = try row.next()
    cycleBegan = try row.next()
    readUntil = try row.next()
    coveredCookie = try row.next()
    coveredSince = try row.next()
    readFingerprint = try row.next()
    generation = try row.next()
    isFullCycle = try row.next()
    lastFullRead = try row.next()
    fullReadReason = try row.next()
    fullReadDue = try row.next()
  }
}
