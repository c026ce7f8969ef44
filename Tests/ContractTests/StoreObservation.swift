import Engine
import Model

/// Everything that the port shows of a small store, to compare two states.
struct StoreObservation: Equatable, Sendable {
  /// Numbers of GUIDs, SIDs and ids up to this are looked at.
  static let reach = 24

  var sources: [SourceRecord?] = []
  var configurations: [ConfigurationRecord] = []
  var objects: [ObjectRecord?] = []
  var objectLists: [[ObjectRecord]] = []
  var idLists: [[ObjectID]] = []
  var members: [[GUID]] = []
  var figures: [Int] = []
  var scopeRoots: [[ScopeRoot]] = []
  var dirtyObjects: [[DirtyObject]] = []
  var dirtyMembers: [[DirtyMember]] = []
  var links: [LinkRecord?] = []
  var linkLists: [[LinkRecord]] = []
  var memberLinks: [MemberLink?] = []
  var memberLists: [[MemberLink]] = []
  var runs: [RunRecord?] = []
  var runLists: [[RunRecord]] = []
  var logs: [[LogEntry]] = []
  var counts: [StoreCounts] = []

  init(_ store: any StoreReader) throws {
    let ids = (1...Int64(Self.reach)).map { ObjectID($0) }
    for source in [SourceID(1), SourceID(2)] { try observe(source, store) }
    for id in ids { try observe(id, store) }
    for number in 0...Self.reach {
      objects.append(try store.object(.numbered(number)))
      idLists.append(try store.groups(withMember: .numbered(number)))
    }
    for now in [10, 20] { idLists.append(try store.dueTimers(at: .at(Int64(now)), limit: 5)) }
    configurations += try store.configurations()
    for sid in 0..<4 { objectLists.append(try store.objects(.numbered(UInt8(sid)))) }
    for sid in 0..<4 { objectLists.append(try store.foreignPrincipals(.numbered(UInt8(sid)))) }
    for configuration in [ConfigurationID(1), ConfigurationID(2)] { try observe(configuration, ids, store) }
  }

  private mutating func observe(_ source: SourceID, _ store: any StoreReader) throws {
    sources.append(try store.source(source))
    configurations += try store.configurations(in: source)
    for sid in 0..<4 { objects.append(try store.object(.numbered(UInt8(sid)), in: source)) }
    for group in 0..<4 { idLists.append(try store.users(withPrimaryGroup: UInt32(group), in: source)) }
    objectLists.append(try store.unseenObjects(in: source, before: 3, limit: 5))
    objectLists.append(try store.suspects(in: source, after: nil, limit: 5))
    objectLists.append(try store.suspects(in: source, after: ObjectID(4), limit: 50))
    objectLists.append(try store.deadObjects(in: source, deletedBefore: .at(9), after: nil, limit: 50))
    objectLists.append(try store.deadObjects(in: source, deletedBefore: .at(20), after: ObjectID(2), limit: 3))
    objectLists.append(try store.claims(by: source, after: nil, limit: 3))
    objectLists.append(try store.claims(by: source, after: ObjectID(4), limit: 50))
    figures.append(try store.liveObjectCount(in: source))
    dirtyObjects.append(try store.dirtyObjects(in: source, limit: 50))
    dirtyObjects.append(try store.dirtyObjects(in: source, limit: 3))
    dirtyMembers.append(try store.dirtyMembers(in: source, limit: 50))
    dirtyMembers.append(try store.dirtyMembers(in: source, limit: 3))
    for limit in [2, 50] { dirtyMembers.append(try store.expiredEdges(in: source, at: .at(15), limit: limit)) }
  }

  private mutating func observe(_ id: ObjectID, _ store: any StoreReader) throws {
    objects.append(try store.object(id))
    idLists.append(try store.descendants(of: id))
    members.append(try store.members(of: id))
    figures.append(try store.hasMember(id, .numbered(1)) ? 1 : 0)
  }

  private mutating func observe(_ id: ConfigurationID, _ ids: [ObjectID], _ store: any StoreReader) throws {
    scopeRoots.append(try store.scopeRoots(of: id))
    runs.append(try store.lastRun(of: id))
    for before in [nil, 5] as [Int64?] { runLists.append(try store.runs(of: id, before: before, limit: 4)) }
    try observeLog(of: id, store)
    idLists.append(try store.foreignObjects(linkedBy: id))
    counts.append(try store.counts(of: id))
    linkLists.append(try store.inflightLinks(id, limit: 3))
    linkLists.append(try store.links(id, after: nil, limit: 3))
    linkLists.append(try store.links(id, after: ObjectID(4), limit: 50))
    for name in ["", "r1", "r2"] { links.append(try store.link(remoteID: name, id)) }
    for phase in ExportPhase.allCases {
      linkLists.append(try store.pendingLinks(id, phase: phase, at: .at(15), limit: 3))
    }
    for limit in [2, 50] { linkLists.append(try store.groupsWithPendingMembers(id, at: .at(15), limit: limit)) }
    for gate in Gate.allCases where gate != .open {
      linkLists.append(try store.links(id, behind: gate, after: nil, limit: 3))
      linkLists.append(try store.links(id, behind: gate, after: ObjectID(4), limit: 50))
      let members = try store.memberLinks(id, behind: gate, after: nil, limit: 3)
      memberLists.append(members)
      memberLists.append(try store.memberLinks(id, behind: gate, after: members.last, limit: 50))
    }
    for kind in ResourceKind.allCases {
      figures.append(try store.provisionedCount(id, of: kind))
      figures.append(try store.withdrawalCount(id, of: kind, since: .at(9)))
    }
    for group in ids {
      figures.append(try store.provisionedCount(id, in: group))
      figures.append(try store.memberCount(of: group, id))
      figures.append(try store.withdrawalCount(id, in: group, since: .at(9)))
      figures.append(try store.withdrawalCount(id, from: group, since: .at(9)))
      links.append(try store.link(group, id))
      memberLists.append(try store.pendingMembers(of: group, id, at: .at(15), limit: 3))
      memberLists.append(
        try store.memberLinks(involving: group, id).sorted { ($0.group, $0.member) < ($1.group, $1.member) }
      )
      for member in ids { memberLinks.append(try store.memberLink(group, id, member)) }
    }
  }

  private mutating func observeLog(of id: ConfigurationID, _ store: any StoreReader) throws {
    figures.append(Int(try store.lastLogID(of: id)))
    for position in [.latest(before: nil), .latest(before: 20), .after(0), .after(12)] as [LogQuery.Position] {
      var queries = [LogQuery(position, limit: 50), LogQuery(position, limit: 3)]
      for index in 2..<8 {
        var query = LogQuery(position, limit: index == 7 ? 50 : 5)
        if index == 2 || index == 7 { query.guid = .numbered(3) }
        if index == 3 || index == 7 { query.action = .disable }
        if index == 4 { query.status = .failure }
        if index == 5 || index == 7 { query.since = .at(9) }
        if index == 6 { query.run = 2 }
        queries.append(query)
      }
      for query in queries { logs.append(try store.log(of: id, query)) }
    }
  }
}
