/// Who is managed, as the administrator wrote it.
package struct Scope: Hashable, Sendable {
  package enum Mode: Hashable, Sendable {
    case all
    /// The groups, their members and, with `nested`, the members of member groups. At least one DN.
    case groups([DistinguishedName], nested: Bool)
    /// Everything below these OUs, and the OUs themselves. At least one DN.
    case organizationalUnits([DistinguishedName])
  }

  package let mode: Mode
  /// OUs (with all below them), groups (with all their members) or single objects that are never in scope.
  package let excluded: [DistinguishedName]
  package let kinds: Set<ResourceKind>
  /// Narrow all but what is included by name. An object must satisfy one of those that concern its kind, if any do.
  package let filters: [ScopeFilter]

  package init(
    mode: Mode,
    excluded: [DistinguishedName] = [],
    kinds: Set<ResourceKind>,
    filters: [ScopeFilter] = []
  ) {
    self.mode = mode
    self.excluded = excluded
    self.kinds = kinds
    self.filters = filters
  }

  package var included: [DistinguishedName] {
    switch mode {
    case .all: []
    case .groups(let names, _), .organizationalUnits(let names): names
    }
  }

  /// The attributes that must be read for the filters.
  package var sourceAttributes: Set<AttributeName> {
    Set(filters.flatMap(\.clauses).map(\.attribute))
  }
}
