package import Model
package import Patterns

/// Whether an object is managed, and by which rule.
package enum ScopeDecision: Hashable, Sendable {
  /// By a rule of the mode and, where filters concern it, by a filter, told by its place among those of the scope.
  case inScope(InReason, filter: Int? = nil)
  case outOfScope(OutReason)
  /// A filter cannot be decided, and no other one is satisfied: whatever is in the sink stays as it is.
  case undecided(FilterClause, PatternFailure)

  package enum InReason: Hashable, Sendable {
    case everything
    /// It is a root of the scope itself.
    case root
    case memberOf(GUID)
    case below(GUID)
  }

  package enum OutReason: Hashable, Sendable {
    case deleted
    case kindNotSelected
    case criticalSystemObject
    /// A copy of an object of the cloud.
    case writtenBack
    /// By the excluded object itself, a container above it or a group that holds it.
    case excluded(GUID)
    case inNoScopeGroup
    case belowNoScopeUnit
    /// Of each filter that concerns it, the first clause that it does not satisfy.
    case filtered([FilterClause])
  }

  /// A clause by its place in a filter, and that by its place in the scope, both counted from 0.
  package struct FilterClause: Hashable, Sendable {
    package let filter: Int
    package let clause: Int

    package init(filter: Int, clause: Int) {
      self.filter = filter
      self.clause = clause
    }
  }

  package var isInScope: Bool {
    if case .inScope = self { true } else { false }
  }
}

extension ResolvedScope {
  /// Exclusions win over inclusions; what AD needs for itself is only in scope when it is a root by name, and filters
  /// narrow everything but these roots. Each object is tested alone: members of a group that is filtered out may stay.
  package func decide(_ subject: ScopeSubject) -> ScopeDecision {
    guard subject.isLive else { return .outOfScope(.deleted) }
    guard let kind = subject.kind, kinds.contains(kind) else { return .outOfScope(.kindNotSelected) }
    if let reason = exclusion(of: subject) { return .outOfScope(.excluded(reason)) }

    if subject.isWrittenBack { return .outOfScope(.writtenBack) }

    let decision = inclusion(of: subject)
    if subject.isCriticalSystemObject, decision.isInScope, decision != .inScope(.root) {
      return .outOfScope(.criticalSystemObject)
    }
    guard case .inScope(let reason, _) = decision, reason != .root else { return decision }
    return filtered(subject, kind, reason)
  }

  private func exclusion(of subject: ScopeSubject) -> GUID? {
    guard !excluded.isEmpty else { return nil }
    if excluded.contains(subject.guid) { return subject.guid }
    return subject.ancestors.first(where: excluded.contains) ?? subject.allGroups.intersection(excluded).min()
  }

  private func inclusion(of subject: ScopeSubject) -> ScopeDecision {
    switch mode {
    case .all:
      return .inScope(.everything)
    case .groups(let roots, let nested):
      if roots.contains(subject.guid) { return .inScope(.root) }
      // Without nesting a group inside a scope group is none of ours, only its fellow users are.
      if !nested && subject.kind == .group { return .outOfScope(.inNoScopeGroup) }
      let groups = nested ? subject.allGroups : subject.directGroups
      return groups.intersection(roots).min().map { .inScope(.memberOf($0)) } ?? .outOfScope(.inNoScopeGroup)
    case .organizationalUnits(let roots):
      if roots.contains(subject.guid) { return .inScope(.root) }
      return subject.ancestors.first(where: roots.contains).map { .inScope(.below($0)) }
        ?? .outOfScope(.belowNoScopeUnit)
    }
  }
}
