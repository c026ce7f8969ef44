import Model
import Patterns

extension ResolvedScope {
  /// What the filters leave of an inclusion. One that is satisfied outweighs all that are not, or cannot be decided.
  func filtered(
    _ subject: ScopeSubject,
    _ kind: ResourceKind,
    _ reason: ScopeDecision.InReason
  ) -> ScopeDecision {
    var failed: [ScopeDecision.FilterClause] = []
    var undecided: ScopeDecision?
    for (index, filter) in filters.enumerated() where filter.concerns(kind) {
      switch filter.outcome(for: subject.image) {
      case .satisfied: return .inScope(reason, filter: index)
      case .failed(let clause): failed.append(ScopeDecision.FilterClause(filter: index, clause: clause))
      case .undecided(let clause, let failure):
        undecided = undecided ?? .undecided(ScopeDecision.FilterClause(filter: index, clause: clause), failure)
      }
    }
    return undecided ?? (failed.isEmpty ? .inScope(reason) : .outOfScope(.filtered(failed)))
  }
}
