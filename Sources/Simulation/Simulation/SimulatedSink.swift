import ADSimulator
package import Engine
package import Model
import Synchronization

/// A cloud in memory that outlives the processes that talk to it. It refuses what a real one refuses, and notes what no
/// client should ever ask.
package final class SimulatedSink: Sink {
  package struct Held: Sendable {
    package let remoteID: String
    package var resource: Resource
    package var members: Set<String> = []
  }

  package struct Faults: Sendable {
    /// Of 1,000 operations so many go wrong in one way or another.
    package var perMille = 0

    package init(perMille: Int = 0) {
      self.perMille = perMille
    }
  }

  private struct State {
    var held: [String: Held] = [:]
    var next = 1
    var requests = 0
    var faultCount = 0
    var misuse: [String] = []
    var objections: Set<Objection> = []
    var generator: SeededGenerator
    var faults = Faults()
    var killSwitch = KillSwitch()
    var judge: Judge?
  }

  package let capabilities: SinkCapabilities
  private let state: Mutex<State>

  package init(kinds: Set<ResourceKind>, seed: UInt64, batchSize: Int, memberChunk: Int) {
    capabilities = SinkCapabilities(kinds: kinds, batchSize: batchSize, memberChunk: memberChunk, canBeRead: true)
    state = Mutex(State(generator: SeededGenerator(seed: seed)))
  }

  package var requests: Int { state.withLock { $0.requests } }
  package var faultCount: Int { state.withLock { $0.faultCount } }
  package var misuse: [String] { state.withLock { $0.misuse } }
  package var held: [Held] { state.withLock { $0.held.values.sorted { $0.remoteID < $1.remoteID } } }

  /// Those since the last call.
  func takeObjections() -> Set<Objection> {
    state.withLock { state in
      defer { state.objections = [] }
      return state.objections
    }
  }

  func use(_ killSwitch: KillSwitch, _ faults: Faults, _ judge: Judge?) {
    state.withLock { state in
      state.killSwitch = killSwitch
      state.faults = faults
      state.judge = judge
    }
  }

  package func open() async throws(SinkUnavailable) {}
  package func close() async {}

  package func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    state.withLock { state in operations.map { answer($0, &state) } }
  }

  private func answer(_ operation: Operation, _ state: inout State) -> OperationOutcome {
    guard state.killSwitch.mayTakeEffect() else { return .notSent(pause: nil) }
    state.requests += 1
    let dice = Int(state.generator.next() % 1000)
    guard dice < state.faults.perMille else { return effect(of: operation, &state) }
    state.faultCount += 1
    switch state.generator.next() % 6 {
    case 0: return .retry(reason: "try again")
    case 1: return .rejected(code: "400", reason: "no")
    case 2: return .unknown(reason: "no answer")
    case 3: return .notSent(pause: .seconds(30))
    case 4: return .unavailable(SinkUnavailable("down"))
    default:
      _ = effect(of: operation, &state)
      return .unknown(reason: "the answer was lost")
    }
  }
}

extension SimulatedSink {
  private func effect(of operation: Operation, _ state: inout State) -> OperationOutcome {
    let known = state.held.values.first { $0.resource.externalID == operation.guid }
    if let problem = state.judge?.objection(to: operation, holding: known?.resource) {
      state.objections.insert(problem)
    }
    switch operation.action {
    case .create(let resource): return create(resource, operation, known, &state)
    case .update(_, let changes):
      guard let id = operation.remoteID, var held = state.held[id] else { return .linkStale(reason: "gone") }
      for change in changes { held.resource.attributes[change.path] = change.new }
      if let clash = clash(held.resource, id, state) { return .rejected(code: "uniqueness", reason: clash) }
      state.held[id] = held
      return .done(remoteID: id)
    case .delete:
      if let id = operation.remoteID ?? known?.remoteID {
        state.held[id] = nil
        for other in state.held.keys { state.held[other]?.members.remove(id) }
      }
      return .done(remoteID: nil)
    case .members(let added, let removed):
      guard let id = operation.remoteID, state.held[id] != nil else { return .linkStale(reason: "gone") }
      for member in added where state.held[member.remoteID] == nil {
        state.misuse.append("\(operation.guid) got the unknown member \(member.guid)")
      }
      state.held[id]?.members.formUnion(added.map(\.remoteID))
      state.held[id]?.members.subtract(removed.map(\.remoteID))
      return .done(remoteID: id)
    }
  }

  private func create(
    _ resource: Resource,
    _ operation: Operation,
    _ known: Held?,
    _ state: inout State
  ) -> OperationOutcome {
    if let known {
      if !operation.mayHaveApplied { state.misuse.append("second create of \(operation.guid)") }
      state.held[known.remoteID]?.resource = resource
      return .done(remoteID: known.remoteID)
    }
    if let clash = clash(resource, nil, state) { return .rejected(code: "uniqueness", reason: clash) }
    let id = "r\(state.next)"
    state.next += 1
    state.held[id] = Held(remoteID: id, resource: resource)
    return .done(remoteID: id)
  }

  private func clash(_ resource: Resource, _ id: String?, _ state: State) -> String? {
    guard resource.kind == .user, let name = resource.attributes[.userName] else { return nil }
    let other = state.held.values.first {
      $0.remoteID != id && $0.resource.kind == .user && $0.resource.attributes[.userName] == name
    }
    return other.map { "\($0.remoteID) has this userName" }
  }

  package func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    for held in held where held.resource.kind == kind {
      let attributes = held.resource.attributes.filter { paths.contains($0.key) }
      let resource = HeldResource(
        remoteID: held.remoteID,
        externalID: held.resource.externalID,
        attributes: attributes,
        members: held.members.sorted()
      )
      try await deliver([resource])
    }
  }
}
