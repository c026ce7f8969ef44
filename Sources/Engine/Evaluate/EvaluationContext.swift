package import Model

/// One configuration, ready to be evaluated: its scope is bound and stands.
package struct EvaluationContext: Sendable {
  package let id: ConfigurationID
  package let configuration: Configuration
  package let scope: ResolvedScope

  package init(id: ConfigurationID, configuration: Configuration, scope: ResolvedScope) {
    self.id = id
    self.configuration = configuration
    self.scope = scope
  }

  var leaving: LeavingRule {
    LeavingRule(policy: configuration.onLeaveScope, deleteAfter: configuration.deleteAfter)
  }

  /// Objects evaluated under another fingerprint must be evaluated again.
  var fingerprint: String {
    let roots =
      switch scope.mode {
      case .all: Set<GUID>()
      case .groups(let roots, _), .organizationalUnits(let roots): roots
      }
    return
      ([configuration.fingerprint]
      + [roots, scope.excluded].map { $0.sorted().map(\.description).joined(separator: ",") })
      .joined(separator: "|")
  }

  /// Two objects claimed one name at once; which of them is meant is for people to say.
  private static let conflict =
    "it lost a replication conflict over its name and was renamed by the directory: rename or delete one of the two"

  /// Whether the scope and the mapping want that object in the sink, and as what.
  func verdict(on object: ObjectRecord, subject: ScopeSubject, at now: Timestamp) -> Verdict {
    guard let kind = subject.kind else { return .left }
    switch scope.decide(subject) {
    case .inScope: break
    case .outOfScope: return .left
    case .undecided(let place, let failure):
      return .blocked(
        "whether it is in scope cannot be decided by filter \(place.filter + 1), clause \(place.clause + 1): \(failure)"
      )
    }
    if object.isConflicting { return .blocked(Self.conflict) }
    let input = MappingInput(
      guid: object.guid,
      kind: kind,
      name: object.name,
      parent: subject.ancestors.first,
      domain: configuration.domain,
      image: object.image,
      now: now
    )
    do throws(UnmappableObject) {
      return .present(try configuration.mapping.resource(for: input))
    } catch {
      return .blocked(error.description)
    }
  }
}
