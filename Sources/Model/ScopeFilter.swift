package import Patterns

/// Conditions that an object must satisfy all of. A scope with filters holds what satisfies at least one of them.
package struct ScopeFilter: Hashable, Sendable {
  /// The only kind that it is about. Nil: users and groups; an organizational unit has few of their attributes, and would
  /// be lost to a filter that was meant for those in it.
  package let kind: ResourceKind?
  /// At least one.
  package let clauses: [ScopeClause]

  package init(kind: ResourceKind? = nil, clauses: [ScopeClause]) {
    self.kind = kind
    self.clauses = clauses
  }

  package func concerns(_ kind: ResourceKind) -> Bool {
    self.kind.map { $0 == kind } ?? (kind != .organizationalUnit)
  }

  package enum Outcome: Hashable, Sendable {
    case satisfied
    /// The first clause that is not, by its place among the clauses.
    case failed(clause: Int)
    /// All the other clauses are satisfied, or cannot be decided either.
    case undecided(clause: Int, PatternFailure)
  }

  package func outcome(for image: Image) -> Outcome {
    var undecided: Outcome?
    for (index, clause) in clauses.enumerated() {
      do throws(PatternFailure) {
        if try !clause.isSatisfied(by: image) { return .failed(clause: index) }
      } catch {
        undecided = undecided ?? .undecided(clause: index, error)
      }
    }
    return undecided ?? .satisfied
  }
}
