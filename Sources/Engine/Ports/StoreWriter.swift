package import Model

/// Changes within one transaction.
package protocol StoreWriter: StoreReader {
  // Sources and configurations
  /// Finds or makes the row of a domain.
  func registerSource(domain: String) throws -> SourceRecord
  func update(_ source: SourceRecord) throws
  /// Finds or makes the row of a configuration; one that moves to another domain starts anew there.
  func registerConfiguration(named name: String, source: SourceID) throws -> ConfigurationRecord
  func update(_ configuration: ConfigurationRecord) throws
  func replaceScopeRoots(of configuration: ConfigurationID, with roots: [ScopeRoot]) throws

  // Connector space
  /// Makes a placeholder: live, without class, name or parent.
  func insertObject(_ guid: GUID, in source: SourceID, generation: Int64) throws -> ObjectRecord
  func update(_ object: ObjectRecord) throws
  /// True when the edge was not there. One that is there takes over the new date of its end, or that it has none.
  func insertEdge(_ group: ObjectID, _ member: GUID, expires: Timestamp?) throws -> Bool
  /// True when the edge was there.
  func removeEdge(_ group: ObjectID, _ member: GUID) throws -> Bool
  /// Removes every edge to that GUID and gives the groups that held one.
  func removeEdges(to member: GUID) throws -> [ObjectID]

  // Evaluation
  func markDirty(_ object: ObjectID, _ configuration: ConfigurationID?) throws
  /// Every object of the domain, for one configuration of it.
  func markAllDirty(in source: SourceID, _ configuration: ConfigurationID) throws
  func markMemberDirty(_ group: ObjectID, _ member: GUID) throws
  func clearDirty(_ objects: [DirtyObject]) throws
  func clearDirty(_ members: [DirtyMember]) throws
  /// An earlier date that is set already stays: whoever wants the later one sets it again when the earlier is due.
  func setTimer(_ object: ObjectID, at date: Timestamp) throws
  func clearTimers(_ objects: [ObjectID]) throws

  // Links
  func save(_ link: LinkRecord) throws
  func removeLink(_ object: ObjectID, _ configuration: ConfigurationID) throws
  func save(_ member: MemberLink) throws
  func removeMemberLink(_ group: ObjectID, _ configuration: ConfigurationID, _ member: ObjectID) throws
  /// After a delete in the sink: it held these memberships, or was held by them, and no longer does.
  func removeMemberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws
  /// The next number of a sequence that never repeats for this store.
  func nextVersion() throws -> Int64

  // Guard
  /// One of the same object, or of the same member and group, takes its place.
  func note(_ withdrawal: Withdrawal) throws
  func forgetWithdrawals(_ configuration: ConfigurationID, before date: Timestamp) throws

  // Runs
  func beginRun(_ configuration: ConfigurationID, reason: RunReason, at now: Timestamp) throws -> RunRecord
  func update(_ run: RunRecord) throws
  /// Forgets all but the latest.
  func pruneRuns(of configuration: ConfigurationID, keeping count: Int) throws

  // Provisioning log
  /// Stores it under an id of its own, whatever id it has.
  func append(_ entry: LogEntry) throws
  /// Looks at the oldest entries, at most `limit`, and forgets those that are older than that or that are not among the
  /// latest `rows`.
  ///
  /// - Returns: how many were forgotten; when all that were looked at, there may be more.
  func pruneLog(of configuration: ConfigurationID, before date: Timestamp, keeping rows: Int, limit: Int) throws -> Int
}
