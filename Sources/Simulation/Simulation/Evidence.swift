import Model
package import Oracle

/// What all domain controllers showed since the last time that everything was at rest, as far as it could justify that
/// something is withdrawn. Not that something has not yet arrived at one of them: that is no evidence of its end.
package struct Evidence: Sendable {
  struct Edge: Hashable, Sendable {
    let group: GUID
    let member: GUID
  }

  private var knownBy: [Int: Set<GUID>] = [:]
  /// There from the beginning.
  private(set) var classes: [GUID: ObjectClass] = [:]
  /// Seen deleted, or gone from a controller that had it.
  private(set) var dead: Set<GUID> = []
  /// Seen alive.
  private(set) var seen: Set<GUID> = []
  /// The domains in which each was seen alive, by DNS name.
  private(set) var domains: [GUID: Set<String>] = [:]
  /// Since when each object that went to another domain has to be found there.
  private(set) var moved: [GUID: Timestamp] = [:]
  private(set) var critical: Set<GUID> = []
  /// Seen disabled or expired.
  private(set) var unusable: Set<GUID> = []
  private(set) var parents: [GUID: Set<GUID>] = [:]
  private(set) var edges: Set<Edge> = []
  /// Seen not to be there while both ends were.
  private(set) var missing: Set<Edge> = []
  /// Grows with each observation.
  private(set) var revision = 0
  /// Nothing can be told: too much is allowed to happen.
  package var isVoid = false

  package init() {}

  /// - Parameter states: of each domain, with the numbers of its controllers.
  package mutating func begin(with states: [(state: DirectoryState, controllers: [Int])]) {
    let revision = revision
    self = Evidence()
    self.revision = revision + 1
    for (state, controllers) in states {
      for (guid, entry) in state.objects where !entry.isDeleted { classes[guid] = entry.objectClass }
      for controller in controllers { knownBy[controller] = Set(state.objects.keys) }
      observe(state, isFirst: true)
    }
  }

  package mutating func observe(_ state: DirectoryState, at controller: Int) {
    for guid in (knownBy[controller] ?? []) where state.objects[guid] == nil && moved[guid] == nil {
      dead.insert(guid)
    }
    knownBy[controller] = Set(state.objects.keys)
    observe(state, isFirst: false)
  }

  private mutating func observe(_ state: DirectoryState, isFirst: Bool) {
    revision += 1
    let soon = state.now + .seconds(3600)
    for (guid, entry) in state.objects {
      if entry.isDeleted {
        dead.insert(guid)
        continue
      }
      seen.insert(guid)
      domains[guid, default: []].insert(state.domain)
      if let parent = entry.parent { parents[guid, default: []].insert(parent) }
      if entry.attributes["iscriticalsystemobject"] != nil { critical.insert(guid) }
      if entry.objectClass == .user, !entry.isUsable(at: soon) { unusable.insert(guid) }
    }
    let members = Reach(state).members
    for (group, members) in members where state.objects[group] != nil {
      for member in members {
        let edge = Edge(group: group, member: member)
        if edges.insert(edge).inserted, !isFirst { missing.insert(edge) }
      }
    }
    for edge in edges where members[edge.group]?.contains(edge.member) != true {
      if state.objects[edge.group]?.isDeleted == false, state.isLive(edge.member) || moved[edge.member] != nil {
        missing.insert(edge)
      }
    }
  }

  /// That its former domain does not show it any more says nothing from now on.
  mutating func noteMove(of guid: GUID, at now: Timestamp) {
    moved[guid] = now
    revision += 1
  }

  /// Who does not arrive in time may be held for deleted.
  mutating func noteLoss(of guid: GUID) {
    if dead.insert(guid).inserted { revision += 1 }
  }

  func hasStood(_ edge: Edge) -> Bool { edges.contains(edge) && !missing.contains(edge) }
}

extension DirectoryEntry {
  func isUsable(at date: Timestamp) -> Bool {
    func number(_ name: String) -> Int64 {
      (attributes[name]?.first).flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
    if number("useraccountcontrol") & 2 != 0 { return false }
    let expiry = number("accountexpires")
    return expiry == 0 || expiry == .max || expiry / 10_000 - 11_644_473_600_000 > date.milliseconds
  }
}
