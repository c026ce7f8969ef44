import Engine
import Model

extension SourceRecord: RowDecodable {
  static let columns = """
    nc_id, domain, nc_dn, nc_root_guid, domain_sid, dc_dns, invocation_id, hcusn_seen, cookie_stable, cookie_cycle, \
    cookie_time, cfg_hash, gen, cycle_state
    """

  init(row: inout RowReader) throws {
    self.init(id: try row.next(), domain: try row.next())
    namingContext = try row.next()
    namingContextGUID = try row.next()
    domainSID = try row.next()
    controller = try row.next()
    invocationID = try row.next()
    highestSeenUSN = try row.next()
    stableCookie = try row.next()
    cycleCookie = try row.next()
    cookieTime = try row.next()
    readFingerprint = try row.next()
    generation = try row.next()
    isFullCycle = try row.next()
  }
}
