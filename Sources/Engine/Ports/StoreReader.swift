package import Model

/// Reads within one transaction. Lists come in the order of object id, so that equal state gives equal work.
package protocol StoreReader {
  // Sources and configurations
  func source(domain: String) throws -> SourceRecord?
  func source(_ id: SourceID) throws -> SourceRecord?
  func configuration(named name: String) throws -> ConfigurationRecord?
  /// All that were ever registered, in the order of their ids.
  func configurations() throws -> [ConfigurationRecord]
  /// All that were ever registered for the domain, in the order of their ids.
  func configurations(in source: SourceID) throws -> [ConfigurationRecord]
  func scopeRoots(of configuration: ConfigurationID) throws -> [ScopeRoot]

  // Connector space
  func object(_ id: ObjectID) throws -> ObjectRecord?
  func object(_ guid: GUID) throws -> ObjectRecord?
  func object(_ sid: SID, in source: SourceID) throws -> ObjectRecord?
  /// In all domains, live and dead: an object, and the foreignSecurityPrincipals that stand for it.
  func objects(_ sid: SID) throws -> [ObjectRecord]
  /// Of these, only the foreignSecurityPrincipals.
  func foreignPrincipals(_ sid: SID) throws -> [ObjectRecord]
  /// All objects below, at any depth, without the object itself.
  func descendants(of object: ObjectID) throws -> [ObjectID]
  /// Groups that hold an edge to that GUID; whether they are live is for the caller to see.
  func groups(withMember member: GUID) throws -> [ObjectID]
  func members(of group: ObjectID) throws -> [GUID]
  /// Live users with that primary group.
  func users(withPrimaryGroup relativeIdentifier: UInt32, in source: SourceID) throws -> [ObjectID]
  func hasMember(_ group: ObjectID, _ member: GUID) throws -> Bool
  /// Memberships of the domain's groups that have ended by themselves, the earliest first.
  func expiredEdges(in source: SourceID, at now: Timestamp, limit: Int) throws -> [DirtyMember]
  /// Live objects that a complete full cycle did not see.
  func unseenObjects(in source: SourceID, before generation: Int64, limit: Int) throws -> [ObjectRecord]
  /// Live objects with a class: what was really read.
  func liveObjectCount(in source: SourceID) throws -> Int
  /// Dead ones of which nothing is in doubt, deleted before that date; without a date they do not count. In the order of
  /// their ids, beyond `last`.
  func deadObjects(
    in source: SourceID,
    deletedBefore date: Timestamp,
    after last: ObjectID?,
    limit: Int
  ) throws -> [ObjectRecord]
  /// Objects to be read in full, in the order of their ids, beyond `last`.
  func suspects(in source: SourceID, after last: ObjectID?, limit: Int) throws -> [ObjectRecord]

  /// Objects of other domains that this one claims, in the order of their ids, beyond `last`.
  func claims(by source: SourceID, after last: ObjectID?, limit: Int) throws -> [ObjectRecord]

  // Evaluation
  /// Those of the domain, and those of other domains for a configuration of this one; each entry belongs to one domain.
  func dirtyObjects(in source: SourceID, limit: Int) throws -> [DirtyObject]
  func dirtyMembers(in source: SourceID, limit: Int) throws -> [DirtyMember]
  /// Objects whose timer is due.
  func dueTimers(at now: Timestamp, limit: Int) throws -> [ObjectID]

  // Links
  func link(_ object: ObjectID, _ configuration: ConfigurationID) throws -> LinkRecord?
  /// Of the configuration, in the order of object ids, beyond `last`.
  func links(_ configuration: ConfigurationID, after last: ObjectID?, limit: Int) throws -> [LinkRecord]
  /// Objects of other domains than its own that the configuration has links of: they have moved there.
  func foreignObjects(linkedBy configuration: ConfigurationID) throws -> [ObjectID]
  func hasLinks(of kind: ResourceKind, _ configuration: ConfigurationID) throws -> Bool
  /// The one that the sink knows by that id.
  func link(remoteID: String, _ configuration: ConfigurationID) throws -> LinkRecord?
  /// Eligible now: pending, or in escrow with a `notBefore` that has passed.
  func pendingLinks(
    _ configuration: ConfigurationID,
    phase: ExportPhase,
    at now: Timestamp,
    limit: Int
  ) throws -> [LinkRecord]
  /// Whether the sink holds, or may hold, anything of the configuration.
  func hasLeftTraces(_ configuration: ConfigurationID) throws -> Bool
  /// Links left in flight by a run that did not end.
  func inflightLinks(_ configuration: ConfigurationID, limit: Int) throws -> [LinkRecord]
  func memberLink(_ group: ObjectID, _ configuration: ConfigurationID, _ member: ObjectID) throws -> MemberLink?
  /// Memberships of which the object is the group or the member, whatever is known of them.
  func memberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws -> [MemberLink]
  /// Groups whose name in the sink is known, whose memberships are not backing off (`membersNotBefore`), and that have
  /// some pending that can be sent.
  func groupsWithPendingMembers(_ configuration: ConfigurationID, at now: Timestamp, limit: Int) throws -> [LinkRecord]
  /// Pending memberships of one group that can be sent, oldest version first: not backing off, and the sink's name for the
  /// member is known, to this configuration or to another one with the same sink.
  func pendingMembers(
    of group: ObjectID,
    _ configuration: ConfigurationID,
    at now: Timestamp,
    limit: Int
  ) throws -> [MemberLink]

  // Guard
  /// In the order of object ids, beyond `last`.
  func links(_ configuration: ConfigurationID, behind gate: Gate, after last: ObjectID?, limit: Int) throws
    -> [LinkRecord]
  /// Removals that are not done, in the order of the ids of group and member, beyond `last`.
  func memberLinks(
    _ configuration: ConfigurationID,
    behind gate: Gate,
    after last: MemberLink?,
    limit: Int
  ) throws -> [MemberLink]
  /// Objects of the kind that are in scope and that the sink is known to hold.
  func provisionedCount(_ configuration: ConfigurationID, of kind: ResourceKind) throws -> Int
  /// As before, of those whose `home` is that container.
  func provisionedCount(_ configuration: ConfigurationID, in home: ObjectID) throws -> Int
  /// Members that the sink holds, or may hold.
  func memberCount(of group: ObjectID, _ configuration: ConfigurationID) throws -> Int
  /// Objects withdrawn since that date, removals of members left out.
  func withdrawalCount(_ configuration: ConfigurationID, of kind: ResourceKind, since date: Timestamp) throws -> Int
  func withdrawalCount(_ configuration: ConfigurationID, in home: ObjectID, since date: Timestamp) throws -> Int
  /// Members taken out of the group since that date.
  func withdrawalCount(_ configuration: ConfigurationID, from group: ObjectID, since date: Timestamp) throws -> Int

  // Runs and figures
  func lastRun(of configuration: ConfigurationID) throws -> RunRecord?
  /// The newest first, of those before that id if it is given.
  func runs(of configuration: ConfigurationID, before id: Int64?, limit: Int) throws -> [RunRecord]
  func counts(of configuration: ConfigurationID) throws -> StoreCounts

  // Provisioning log
  /// In the order that the query's position names.
  func log(of configuration: ConfigurationID, _ query: LogQuery) throws -> [LogEntry]
  /// The id of the newest entry; 0 without one.
  func lastLogID(of configuration: ConfigurationID) throws -> Int64
}
