package import Model

/// Says what the cloud must hold, from the directory and the configuration alone. It shares nothing with the engine, so
/// that the two are wrong in the same way only by accident.
package struct Oracle: Sendable {
  private let configuration: Configuration
  private let bases: ScopeBases

  /// - Parameter bases: what the DNs of the scope named when the configuration was first read.
  package init(_ configuration: Configuration, bases: ScopeBases) {
    self.configuration = configuration
    self.bases = bases
  }

  package func expectation(from state: DirectoryState) -> CloudExpectation {
    Self.expectation(of: [(self, state)])
  }

  /// What one cloud must hold for several configurations, each of another domain.
  package static func expectation(of parts: [(oracle: Oracle, state: DirectoryState)]) -> CloudExpectation {
    var result = CloudExpectation()
    for (oracle, state) in parts {
      let part = oracle.objects(from: state)
      result.missingBases.formUnion(part.missingBases)
      // Where it is deleted, or in the middle of a move not arrived, it does not count against where it lives.
      result.objects.merge(part.objects) { $0 == .left ? $1 : $0 }
    }
    for (oracle, state) in parts { oracle.addMembers(from: state, to: &result) }
    return result
  }

  private func addMembers(from state: DirectoryState, to result: inout CloudExpectation) {
    let reach = Reach(state)
    for (guid, entry) in state.objects where entry.objectClass == .group && !entry.isDeleted {
      guard case .present = result[guid] else { continue }
      result.members[guid] = (reach.members[guid] ?? []).filter { member in
        guard case .present(let kind, _) = result[member] else { return false }
        return kind == .user || configuration.sendsNestedGroups
      }
    }
  }

  private func objects(from state: DirectoryState) -> CloudExpectation {
    let reach = Reach(state)
    let rules = MappingRules(mapping: configuration.mapping, domain: state.domain, now: state.now)
    let inScope = inScope(state, reach)
    var result = CloudExpectation()
    for base in bases.included.union(bases.excluded) where state.objects[base]?.isDeleted ?? true {
      result.missingBases.insert(base)
    }
    for (guid, entry) in state.objects {
      guard inScope.contains(guid), let kind = kind(of: entry) else {
        result.objects[guid] = .left
        continue
      }
      result.objects[guid] = expectation(of: entry, as: kind, rules)
    }
    return result
  }

  private func expectation(of entry: DirectoryEntry, as kind: ResourceKind, _ rules: MappingRules) -> Expectation {
    // The loser of a replication conflict (MS-DRSR 4.1.10.6.13): which of the two is meant only people can say.
    if entry.name.contains("\nCNF:") { return .untouched(reason: "conflict object") }
    let attributes = rules.attributes(of: entry, as: kind)
    let required = kind == .user ? TargetPath.userName : TargetPath.displayName
    guard attributes[required] != nil else { return .untouched(reason: "\(required.text) has no value") }
    return .present(kind, attributes)
  }

  private func kind(of entry: DirectoryEntry) -> ResourceKind? {
    let kind: ResourceKind? =
      switch entry.objectClass {
      case .user: .user
      case .group: .group
      case .organizationalUnit: .organizationalUnit
      default: nil
      }
    return kind.flatMap { configuration.scope.kinds.contains($0) ? $0 : nil }
  }

  private func inScope(_ state: DirectoryState, _ reach: Reach) -> Set<GUID> {
    var chosen: Set<GUID>
    switch configuration.scope.mode {
    case .all:
      chosen = Set(state.objects.keys)
    case .organizationalUnits:
      chosen = reach.below(bases.included).union(bases.included)
    case .groups(_, nested: true):
      chosen = reach.within(bases.included).union(bases.included)
    case .groups(_, nested: false):
      let direct = reach.directly(within: bases.included)
      chosen = direct.filter { state.objects[$0]?.objectClass != .group }.union(bases.included)
    }
    // Exclusions win, even over the bases themselves.
    chosen.subtract(bases.excluded)
    chosen.subtract(reach.below(bases.excluded))
    chosen.subtract(reach.within(bases.excluded))
    return chosen.filter { guid in
      guard let entry = state.objects[guid], !entry.isDeleted else { return false }
      // What AD needs for itself is meant only when it is named.
      return entry.text("iscriticalsystemobject") != "TRUE" || isNamed(guid)
    }
  }

  private func isNamed(_ guid: GUID) -> Bool {
    configuration.scope.mode != .all && bases.included.contains(guid)
  }
}
