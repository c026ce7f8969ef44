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

  /// Whether the scope and the mapping want that object in the sink, and as what.
  func verdict(on object: ObjectRecord, subject: ScopeSubject, parent: GUID?) -> Verdict {
    guard scope.decide(subject).isInScope, let kind = subject.kind else { return .left }
    let input = MappingInput(
      guid: object.guid,
      kind: kind,
      name: object.name,
      parent: parent,
      domain: configuration.domain,
      image: object.image
    )
    do throws(UnmappableObject) {
      return .present(try configuration.mapping.resource(for: input))
    } catch {
      return .unmappable(error)
    }
  }
}
