package import Model

/// A scope whose DNs are bound to objectGUIDs, so that a renamed or moved OU or group stays the same root.
package struct ResolvedScope: Hashable, Sendable {
  package let mode: Mode
  package let kinds: Set<ResourceKind>
  /// Groups (with their members, at any depth) and single objects, or containers (with all below them).
  package let excluded: Set<GUID>
  package let filters: [ScopeFilter]

  package enum Mode: Hashable, Sendable {
    case all
    case groups(Set<GUID>, nested: Bool)
    case organizationalUnits(Set<GUID>)
  }

  /// Whether memberships decide who is in it.
  var dependsOnGroups: Bool {
    if case .groups = mode { true } else { !excluded.isEmpty }
  }

  package init(mode: Mode, kinds: Set<ResourceKind>, excluded: Set<GUID> = [], filters: [ScopeFilter] = []) {
    self.mode = mode
    self.kinds = kinds
    self.excluded = excluded
    self.filters = filters
  }

  /// Roots must have been resolved from `scope`.
  package init(_ scope: Scope, roots: [ScopeRoot]) {
    let included = Set(roots.filter { !$0.isExcluded }.map(\.guid))
    mode =
      switch scope.mode {
      case .all: .all
      case .groups(_, let nested): .groups(included, nested: nested)
      case .organizationalUnits: .organizationalUnits(included)
      }
    kinds = scope.kinds
    filters = scope.filters
    excluded = Set(roots.filter(\.isExcluded).map(\.guid))
  }
}
