package import Engine
package import Model
import Synchronization

/// A cloud in memory with the manners of a SCIM service: it looks before it creates, refuses a name that is taken, never
/// gives an id twice. It tells every request that no engine should make.
package final class SimulatedSink: Sink {
  package struct Held: Hashable, Sendable {
    package let remoteID: String
    package let kind: ResourceKind
    /// The externalId; nil for what others made.
    package var guid: GUID?
    package var attributes: [TargetPath: ResourceValue]
    /// By remote id.
    package var members: Set<String> = []

    package var isActive: Bool { attributes[.active] != .boolean(false) }
  }

  struct State {
    var held: [String: Held] = [:]
    var idsByGUID: [GUID: String] = [:]
    var lastID = 0
    var requests = 0
    /// Requests that were answered well.
    var effects = 0
    var violations: [Violation] = []
    var faults = SinkFaults.none
    var randomness: Randomness
    var injected = 0
    /// For the rest of a batch.
    var standing: OperationOutcome?
    var versions: [GUID: Int64] = [:]
    /// Whose title was changed by somebody else, by remote id.
    var spoilt: Set<String> = []
    var trace: [String]?
    /// Creates and deletes that were answered well.
    var done: [Deed: Int] = [:]
  }

  package let capabilities: SinkCapabilities
  let state: Mutex<State>
  let judge: Judge

  package init(_ capabilities: SinkCapabilities, judge: Judge, randomness: Randomness) {
    self.capabilities = capabilities
    self.judge = judge
    state = Mutex(State(randomness: randomness))
  }

  // MARK: What the simulation sees and does

  package var requests: Int { state.withLock { $0.requests } }
  var effects: Int { state.withLock { $0.effects } }
  /// How many faults were injected.
  package var faults: Int { state.withLock { $0.injected } }
  package var contents: [Held] { state.withLock { Array($0.held.values) } }

  package func use(_ faults: SinkFaults) { state.withLock { $0.faults = faults } }
  package func keepTrace() { state.withLock { $0.trace = $0.trace ?? [] } }

  package func takeTrace() -> [String] {
    state.withLock { state in
      defer { if state.trace != nil { state.trace = [] } }
      return state.trace ?? []
    }
  }

  package func takeViolations() -> [Violation] {
    state.withLock { state in
      defer { state.violations = [] }
      return state.violations
    }
  }

  /// As an administrator of the cloud does, who knows nothing of us.
  package func makeForeign(_ kind: ResourceKind, _ attributes: [TargetPath: ResourceValue]) {
    state.withLock { state in
      let id = state.nextID()
      state.held[id] = Held(remoteID: id, kind: kind, guid: nil, attributes: attributes)
    }
  }

  /// Removes behind our back; gives what was removed.
  @discardableResult
  package func lose(_ index: Int) -> Held? {
    state.withLock { state in
      let ids = state.held.values.filter { $0.guid != nil }.map(\.remoteID).sorted()
      guard !ids.isEmpty else { return nil }
      return state.remove(ids[index % ids.count])
    }
  }

  /// Changes behind our back: a value, or who is in a group.
  ///
  /// - Parameter homes: the domain of each user and group. Who stands in a group without a reason, but is known to the
  ///   configuration of another domain, may have been put there by that one, and is left alone.
  @discardableResult
  package func spoil(_ index: Int, homes: [GUID: Int] = [:]) -> Held? {
    state.withLock { state in
      let ours = state.held.values.filter { $0.guid != nil && $0.kind != .organizationalUnit }
        .sorted { $0.remoteID < $1.remoteID }
      guard !ours.isEmpty else { return nil }
      let spoilt = ours[index % ours.count]
      if spoilt.kind == .user {
        state.held[spoilt.remoteID]?.attributes["title"] = .string("spoilt")
        state.spoilt.insert(spoilt.remoteID)
      } else {
        let home = spoilt.guid.flatMap { homes[$0] }
        let users = ours.filter { $0.kind == .user && $0.guid.flatMap { homes[$0] } == home }
        guard let user = users.first?.remoteID else { return nil }
        if state.held[spoilt.remoteID]?.members.remove(user) == nil {
          state.held[spoilt.remoteID]?.members.insert(user)
        }
      }
      return spoilt
    }
  }

  // MARK: Sink

  package func open() async throws(SinkUnavailable) {
    let fails = state.withLock { state in
      let fails = state.randomness.chance(state.faults.openPercent)
      if fails { state.injected += 1 }
      return fails
    }
    if fails { throw SinkUnavailable("simulated: cannot be reached") }
  }

  package func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    beginBatch()
    return operations.map(carryOut)
  }

  package func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    let held = contents.filter { $0.kind == kind }.sorted { $0.remoteID < $1.remoteID }
    try await deliver(
      held.map { held in
        HeldResource(
          remoteID: held.remoteID,
          externalID: held.guid,
          attributes: held.attributes.filter { paths.contains($0.key) },
          members: held.members.sorted()
        )
      }
    )
  }

  package func close() async {}

  func beginBatch() {
    state.withLock { $0.standing = nil }
  }

  func carryOut(_ operation: Operation) -> OperationOutcome {
    state.withLock { state in
      if let standing = state.standing { return standing }
      let fault = state.drawFault(for: operation)
      if let fault, let outcome = fault.withoutRequest {
        state.standing = outcome
        state.note(operation, "\(outcome)")
        return outcome
      }
      state.requests += 1
      state.check(operation, judge)
      let outcome = state.answer(operation, fault)
      if case .done = outcome {
        state.effects += 1
        if let deed = Deed(operation) { state.done[deed, default: 0] += 1 }
      }
      state.note(operation, "\(outcome)")
      return outcome
    }
  }
}

extension SimulatedSink.State {
  init(randomness: Randomness) { self.init(held: [:], randomness: randomness) }

  private init(held: [String: SimulatedSink.Held], randomness: Randomness) {
    self.held = held
    self.randomness = randomness
  }

  mutating func nextID() -> String {
    lastID += 1
    return "r\(lastID)"
  }

  mutating func note(_ operation: Operation, _ outcome: String) {
    trace?.append("    \(operation.summary) -> \(outcome)")
  }

  @discardableResult
  mutating func remove(_ id: String) -> SimulatedSink.Held? {
    guard let gone = held.removeValue(forKey: id) else { return nil }
    if let guid = gone.guid { idsByGUID[guid] = nil }
    for other in held.values where other.members.contains(id) { held[other.remoteID]?.members.remove(id) }
    return gone
  }
}

extension Operation {
  var summary: String {
    let doubt = mayHaveApplied ? " (may have applied)" : ""
    return switch action {
    case .create(let resource):
      "create \(kind.rawValue) \(guid) \(resource.attributes.sorted { $0.key < $1.key }.map { "\($0.key.text)=\($0.value)" })\(doubt)"
    case .update(_, let changes):
      "update \(guid) \(changes.map { "\($0.path.text)=\($0.new.map { "\($0)" } ?? "-")" })\(doubt)"
    case .delete: "delete \(guid)\(doubt)"
    case .members(let added, let removed):
      "members of \(guid) +\(added.map(\.guid.description)) -\(removed.map(\.guid.description))\(doubt)"
    }
  }
}
