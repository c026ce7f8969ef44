import Engine
import GRDB
import Model
import SQLiteStore
import Testing

@Suite("SQLite store: query plans")
struct StoreSQLitePlanTests {
  /// Small tables, read in the order of their key until there is enough.
  static let scannable: Set = ["configuration", "dirty", "dirty_member", "below", "(subquery-1)", "CONSTANT"]

  @Test("no statement of the port visits all rows of a large table")
  func noScan() async throws {
    let plans = try await StatementPlans.of { try StoreScene($0, $1).changeEverything($1, observing: true) }
    #expect(plans.count > 50, "every method of the port was called")
    for (sql, steps) in plans {
      for step in steps where step.hasPrefix("SCAN ") {
        let table = step.split(separator: " ")[1]
        #expect(Self.scannable.contains(String(table)), "\(step) in: \(sql)")
      }
    }
  }

  struct Query: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The step that must be in a plan; what follows the columns named here would be a better plan still.
    let step: String
    let call: @Sendable (any StoreWriter) throws -> Void

    init(_ description: String, _ step: String, _ call: @escaping @Sendable (any StoreWriter) throws -> Void) {
      testDescription = description
      self.step = step
      self.call = call
    }
  }

  private static let source = SourceID(1)
  private static let configuration = ConfigurationID(1)
  private static let object = ObjectID(1)

  @Test(
    "a hot query finds its rows by an index that fits",
    arguments: [
      Query("object by GUID", "SEARCH obj USING INDEX sqlite_autoindex_obj_1 (guid=?") {
        _ = try $0.object(.numbered(1))
      },
      Query("object by SID", "SEARCH obj USING INDEX obj_sid (sid=? AND nc_id=?") {
        _ = try $0.object(.numbered(1), in: source)
      },
      Query("all objects with a SID", "SEARCH obj USING INDEX obj_sid (sid=?") {
        _ = try $0.objects(.numbered(1))
      },
      Query("foreign security principals", "SEARCH obj USING INDEX obj_principal (sid=?") {
        _ = try $0.foreignPrincipals(.numbered(1))
      },
      Query("descendants", "SEARCH obj USING COVERING INDEX obj_parent (parent_id=?") {
        _ = try $0.descendants(of: object)
      },
      Query("users by primary group", "SEARCH obj USING INDEX obj_primary_group (nc_id=? AND primary_group=?") {
        _ = try $0.users(withPrimaryGroup: 513, in: source)
      },
      Query("unseen objects", "SEARCH obj USING COVERING INDEX obj_generation (nc_id=? AND live=? AND gen<?") {
        _ = try $0.unseenObjects(in: source, before: 1, limit: 1)
      },
      Query("suspects", "SEARCH obj USING INDEX obj_suspect (nc_id=? AND rowid>?") {
        _ = try $0.suspects(in: source, after: nil, limit: 1)
      },
      Query("dead objects", "SEARCH obj USING INDEX obj_dead (nc_id=? AND rowid>?") {
        _ = try $0.deadObjects(in: source, deletedBefore: .at(1), after: nil, limit: 1)
      },
      Query("claims", "SEARCH obj USING INDEX obj_claimant (claimant=? AND rowid>?") {
        _ = try $0.claims(by: source, after: nil, limit: 1)
      },
      Query("groups with a member", "SEARCH edge USING COVERING INDEX edge_destination (dst_guid=? AND attr=?") {
        _ = try $0.groups(withMember: .numbered(1))
      },
      Query("expired memberships", "SEARCH edge USING COVERING INDEX edge_expiry (expires_at<?") {
        _ = try $0.expiredEdges(in: source, at: .at(0), limit: 1)
      },
      Query("all links", "SEARCH link USING INDEX sqlite_autoindex_link_1 (sink_id=? AND obj_id>?") {
        _ = try $0.links(configuration, after: nil, limit: 1)
      },
      Query("the link of a remote id", "SEARCH link USING INDEX link_cloud (sink_id=? AND cloud_id=?") {
        _ = try $0.link(remoteID: "a", configuration)
      },
      Query("pending links", "SEARCH link USING INDEX link_waiting (sink_id=? AND phase=?") {
        _ = try $0.pendingLinks(configuration, phase: .users, at: .at(0), limit: 1)
      },
      Query("inflight links", "SEARCH link USING INDEX link_inflight (sink_id=?") {
        _ = try $0.inflightLinks(configuration, limit: 1)
      },
      Query("next group", "SEARCH mlink USING COVERING INDEX mlink_pending (sink_id=? AND group_id>?") {
        _ = try $0.groupsWithPendingMembers(configuration, at: .at(0), limit: 1)
      },
      Query("members of the next group", "SEARCH mlink USING COVERING INDEX mlink_pending (sink_id=? AND group_id=?") {
        _ = try $0.groupsWithPendingMembers(configuration, at: .at(0), limit: 1)
      },
      Query("pending members", "SEARCH mlink USING COVERING INDEX mlink_pending (sink_id=? AND group_id=?") {
        _ = try $0.pendingMembers(of: object, configuration, at: .at(100), limit: 1)
      },
      Query(
        "members linked by a configuration with the same sink",
        "SEARCH other USING COVERING INDEX configuration_sink (sink=?"
      ) {
        _ = try $0.pendingMembers(of: object, configuration, at: .at(100), limit: 1)
      },
      Query("objects that moved away", "SEARCH link USING COVERING INDEX sqlite_autoindex_link_1 (sink_id=?") {
        _ = try $0.foreignObjects(linkedBy: configuration)
      },
      Query("memberships on both sides", "SEARCH mlink USING INDEX mlink_member (sink_id=? AND member_id=?") {
        _ = try $0.memberLinks(involving: object, configuration)
      },
      Query("what fails", "SEARCH link USING INDEX link_failing (sink_id=?") {
        _ = try $0.counts(of: configuration)
      },
      Query("memberships of a member", "SEARCH mlink USING COVERING INDEX mlink_member (sink_id=? AND member_id=?") {
        try $0.removeMemberLinks(involving: object, configuration)
      },
      Query("what waits for the guard", "SEARCH link USING INDEX link_gate (sink_id=? AND gate=? AND obj_id>?") {
        _ = try $0.links(configuration, behind: .staged, after: nil, limit: 1)
      },
      Query("removals that wait for the guard", "SEARCH mlink USING INDEX mlink_gate (sink_id=? AND gate=?") {
        _ = try $0.memberLinks(configuration, behind: .staged, after: nil, limit: 1)
      },
      Query(
        "provisioned of a kind",
        "SEARCH link USING INDEX link_provisioned (sink_id=? AND provisioned=? AND kind=?"
      ) {
        _ = try $0.provisionedCount(configuration, of: .user)
      },
      Query(
        "provisioned in a container",
        "SEARCH link USING INDEX link_home (sink_id=? AND home_id=? AND provisioned=?"
      ) {
        _ = try $0.provisionedCount(configuration, in: object)
      },
      Query("withdrawn lately", "SEARCH withdrawal USING INDEX withdrawal_at (sink_id=? AND at>?") {
        _ = try $0.withdrawalCount(configuration, of: .user, since: .at(0))
      },
      Query("the newest of the log", "SEARCH log USING INDEX log_walk (sink_id=? AND id<?") {
        _ = try $0.log(of: configuration, LogQuery(limit: 1))
      },
      Query("the log from an entry on", "SEARCH log USING INDEX log_walk (sink_id=? AND id>?") {
        _ = try $0.log(of: configuration, LogQuery(.after(1), limit: 1))
      },
      Query("the log of an object", "SEARCH log USING INDEX log_object (sink_id=? AND guid=? AND rowid<?") {
        var query = LogQuery(limit: 1)
        query.guid = .numbered(1)
        _ = try $0.log(of: configuration, query)
      },
      Query("the oldest of the log", "SEARCH log USING COVERING INDEX log_walk (sink_id=?") {
        _ = try $0.pruneLog(of: configuration, before: .at(0), keeping: 0, limit: 1)
      },
      Query("the latest runs", "SEARCH run USING INDEX run_configuration (sink_id=? AND rowid<?") {
        _ = try $0.runs(of: configuration, before: nil, limit: 1)
      },
      Query("due timers", "SEARCH timer USING COVERING INDEX timer_at (at<?") {
        _ = try $0.dueTimers(at: .at(0), limit: 1)
      },
    ]
  )
  func index(_ query: Query) async throws {
    let plans = try await StatementPlans.of { fixture, store in
      _ = try StoreScene(fixture, store)
      try query.call(store)
    }
    let steps = plans.values.joined()
    #expect(steps.contains { $0.hasPrefix(query.step) }, "\(Array(steps))")
  }

  @Test("what is exported comes out of its index in order, without sorting")
  func noSort() async throws {
    let plans = try await StatementPlans.of { _ = ($0, try StoreObservation($1)) }
      .filter { $0.key.contains("FROM link INDEXED BY") || $0.key.contains("FROM mlink INDEXED BY") }
    #expect(plans.count == 18)
    let logs = try await StatementPlans.of { _ = ($0, try StoreObservation($1)) }
      .filter { $0.key.contains("FROM log") || $0.key.contains("FROM run") }
    #expect(logs.count == 7)
    for (sql, steps) in logs { #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps) in: \(sql)") }
    for (sql, steps) in plans {
      #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps) in: \(sql)")
    }
  }
}
