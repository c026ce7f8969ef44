package import Model
package import Oracle
import Synchronization

/// Tells for one sink whether a destructive request is without any justification.
///
/// It is wrong when the same facts put the object in scope in every state of every domain controller since the last rest:
/// however the engine mixed what it read, it had no reason.
package final class Judge: Sendable {
  fileprivate struct State {
    var evidence = Evidence()
    /// By the name of the configuration.
    var parts: [String: Part] = [:]
    var wanted: Set<GUID>?
    var wantedRevision = -1
  }

  /// A configuration that provisions to the sink; there is one for each domain at most.
  fileprivate struct Part {
    let domain: String
    let scope: Scope
    let sendsNestedGroups: Bool
    let bases: ScopeBases
  }

  private let state: Mutex<State>

  package init(_ configuration: Configuration, bases: ScopeBases) {
    state = Mutex(State())
    use(configuration, bases: bases)
  }

  package func learn(_ evidence: Evidence) {
    state.withLock { $0.evidence = evidence }
  }

  func use(_ configuration: Configuration, bases: ScopeBases) {
    state.withLock { state in
      state.parts[configuration.name] = Part(
        domain: configuration.domain,
        scope: configuration.scope,
        sendsNestedGroups: configuration.sendsNestedGroups,
        bases: bases
      )
      state.wanted = nil
    }
  }

  func isWrongWithdrawal(of guid: GUID) -> Bool {
    state.withLock { state in !state.evidence.isVoid && state.alwaysWanted().contains(guid) }
  }

  func isWrongDisable(of guid: GUID) -> Bool {
    state.withLock { state in
      !state.evidence.isVoid && state.alwaysWanted().contains(guid) && !state.evidence.unusable.contains(guid)
    }
  }

  func isWrongRemoval(of member: GUID, from group: GUID) -> Bool {
    state.withLock { state in
      guard !state.evidence.isVoid else { return false }
      let wanted = state.alwaysWanted()
      if state.evidence.classes[member] == .group && !state.parts.values.allSatisfy(\.sendsNestedGroups) {
        return false
      }
      return wanted.contains(member) && wanted.contains(group)
        && state.evidence.hasStood(Evidence.Edge(group: group, member: member))
    }
  }
}

extension Judge.State {
  fileprivate mutating func alwaysWanted() -> Set<GUID> {
    if let wanted, wantedRevision == evidence.revision { return wanted }
    let wanted = compute()
    self.wanted = wanted
    wantedRevision = evidence.revision
    return wanted
  }

  /// An object that moved must have been wanted in each of the domains where it was seen.
  private func compute() -> Set<GUID> {
    var wanted: [String: Set<GUID>] = [:]
    for part in parts.values { wanted[part.domain] = part.chosen(by: evidence) }
    return Set(
      evidence.classes.keys.filter { guid in
        evidence.domains[guid]?.allSatisfy { wanted[$0]?.contains(guid) == true } ?? false
      }
    )
  }
}

extension Judge.Part {
  fileprivate func chosen(by evidence: Evidence) -> Set<GUID> {
    var chosen: Set<GUID>
    switch scope.mode {
    case .all: chosen = Set(evidence.classes.keys)
    case .organizationalUnits:
      chosen = Set(evidence.classes.keys.filter { isAlwaysBelowBase($0, evidence) }).union(bases.included)
    case .groups(_, let nested):
      let edges = evidence.edges.filter {
        evidence.hasStood($0) && isAlive($0.group, evidence) && isAlive($0.member, evidence)
      }
      chosen = Self.reach(bases.included, edges, deep: nested)
      if !nested { chosen = chosen.filter { evidence.classes[$0] != .group } }
      chosen.formUnion(bases.included)
    }
    if !bases.excluded.isEmpty {
      let inside = Self.reach(bases.excluded, evidence.edges, deep: true)
      chosen = chosen.filter { !inside.contains($0) && !mayBeBelow(bases.excluded, $0, evidence) }
      chosen.subtract(bases.excluded)
    }
    return chosen.filter { guid in
      guard let objectClass = evidence.classes[guid], isAlive(guid, evidence), !evidence.critical.contains(guid) else {
        return false
      }
      return switch objectClass {
      case .user: scope.kinds.contains(.user)
      case .group: scope.kinds.contains(.group)
      case .organizationalUnit: scope.kinds.contains(.organizationalUnit)
      default: false
      }
    }
  }

  /// That a base is gone is a reason to stop, never one to withdraw.
  private func isAlive(_ guid: GUID, _ evidence: Evidence) -> Bool {
    !evidence.dead.contains(guid) || bases.included.contains(guid)
  }

  private func isAlwaysBelowBase(_ guid: GUID, _ evidence: Evidence) -> Bool {
    var current = guid
    for _ in 0..<64 {
      if current != guid && bases.included.contains(current) { return true }
      // Containers do not move between domains.
      let parents = evidence.parents[current]?.filter { evidence.domains[$0]?.contains(domain) ?? true } ?? []
      guard parents.count == 1, let parent = parents.first else { return false }
      current = parent
    }
    return false
  }

  private func mayBeBelow(_ containers: Set<GUID>, _ guid: GUID, _ evidence: Evidence) -> Bool {
    var found: Set<GUID> = []
    var queue = [guid]
    while let current = queue.popLast() {
      for parent in evidence.parents[current] ?? [] where found.insert(parent).inserted {
        if containers.contains(parent) { return true }
        queue.append(parent)
      }
    }
    return false
  }

  private static func reach(_ groups: Set<GUID>, _ edges: Set<Evidence.Edge>, deep: Bool) -> Set<GUID> {
    var members: [GUID: [GUID]] = [:]
    for edge in edges { members[edge.group, default: []].append(edge.member) }
    var found: Set<GUID> = []
    var queue = Array(groups)
    while let group = queue.popLast() {
      for member in members[group] ?? [] where found.insert(member).inserted {
        if deep { queue.append(member) }
      }
    }
    return found
  }
}
