package import Model

/// What a person decides about operations that are held.
package enum HoldDecision: String, Sendable, CaseIterable {
  case approve
  /// The sink keeps what it has until the object changes.
  case reject
}

package enum HoldError: Error, Hashable, Sendable, CustomStringConvertible {
  case nothingHeld
  case changed(asked: String, present: String)
  case notHeld(GUID)

  package var description: String {
    switch self {
    case .nothingHeld: "nothing is held"
    case .changed(let asked, let present):
      "what is held has changed since \(asked) was shown; look at it again and decide about \(present)"
    case .notHeld(let guid): "nothing is held of object \(guid)"
    }
  }
}

/// Shows what is held of a configuration, and carries out what a person decides about it.
package struct HoldDecider: Sendable {
  private let store: any Store
  private let configuration: String

  /// An approval that could not be used by then is asked for again: the world has gone on.
  private static let approvalPeriod = Duration.seconds(86_400)

  package init(store: any Store, configuration: String) {
    self.store = store
    self.configuration = configuration
  }

  package func holds(limit: Int) async throws -> Holds {
    try await store.read { [configuration] store in
      guard let record = try store.configuration(named: configuration) else { return Holds() }
      return try HoldReader(store: store, configuration: record, limit: limit).read()
    }
  }

  /// - Parameters:
  ///   - digest: of the set that the person has seen.
  ///   - objects: only these of it; nil for all.
  /// - Returns: how many operations it was about, memberships that go with them included.
  package func decide(
    _ decision: HoldDecision,
    digest: String,
    only objects: Set<GUID>? = nil,
    at now: Timestamp
  ) async throws -> Int {
    try await store.write { [configuration] store in
      guard let record = try store.configuration(named: configuration) else { throw HoldError.nothingHeld }
      let holds = try HoldReader(store: store, configuration: record, limit: 0).read()
      if holds.digest.isEmpty { throw HoldError.nothingHeld }
      if holds.digest != digest { throw HoldError.changed(asked: digest, present: holds.digest) }
      let gate: Gate = decision == .approve ? .approved : .rejected
      let end = decision == .approve ? now + Self.approvalPeriod : nil
      var open = objects ?? []
      var decided = 0
      try store.moveLinks(of: record.id, behind: .held, until: end) { link in
        if let objects, !objects.contains(link.guid) { return nil }
        open.remove(link.guid)
        decided += 1
        return gate
      }
      try store.moveMembers(of: record.id, behind: .held, until: end) { member in
        if let objects {
          let ends = try [member.group, member.member].compactMap { try store.object($0)?.guid }
          guard !objects.isDisjoint(with: ends) else { return nil }
          open.subtract(ends)
        }
        decided += 1
        return gate
      }
      if let unknown = open.min() { throw HoldError.notHeld(unknown) }
      return decided
    }
  }
}
