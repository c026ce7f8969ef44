package import Engine
package import Model
import Synchronization

/// A sink in memory that does what a test tells it to; it counts every request and refuses what no sink should be asked.
package final class FakeSink: Sink {
  package struct Held: Hashable, Sendable {
    package var resource: Resource
    package var members: Set<GUID> = []
  }

  package enum Fault: Sendable {
    case answer(OperationOutcome)
    /// Applied, but the answer is lost.
    case applyThen(OperationOutcome)
  }

  private struct State {
    var held: [String: Held] = [:]
    var operations: [Operation] = []
    var opens = 0
    var faults: [Fault] = []
    var faultsByGUID: [GUID: Fault] = [:]
    var openFailure: SinkUnavailable?
    var misuse: [String] = []
    var beforeNextAnswer: (@Sendable () async throws -> Void)?
  }

  private let state = Mutex(State())
  package let capabilities: SinkCapabilities

  package init(kinds: Set<ResourceKind> = Set(ResourceKind.allCases), batchSize: Int = 10, memberChunk: Int = 3) {
    capabilities = SinkCapabilities(kinds: kinds, batchSize: batchSize, memberChunk: memberChunk, canBeRead: true)
  }

  // MARK: What a test sees and says

  package var held: [Held] { state.withLock { Array($0.held.values) } }
  package var operations: [Operation] { state.withLock { $0.operations } }
  package var opens: Int { state.withLock { $0.opens } }
  package var misuse: [String] { state.withLock { $0.misuse } }

  package func held(_ guid: GUID) -> Held? {
    state.withLock { $0.held[guid.description] }
  }

  /// For the next operations, one each.
  package func inject(_ faults: Fault...) { state.withLock { $0.faults += faults } }
  /// For every operation of that object until set to nil.
  package func inject(_ fault: Fault?, for guid: GUID) { state.withLock { $0.faultsByGUID[guid] = fault } }
  /// Runs once, while the next requests are under way.
  package func beforeNextAnswer(_ body: @escaping @Sendable () async throws -> Void) {
    state.withLock { $0.beforeNextAnswer = body }
  }
  package func failToOpen(_ reason: SinkUnavailable?) { state.withLock { $0.openFailure = reason } }
  package func forgetOperations() { state.withLock { $0.operations = [] } }
  package func lose(_ guid: GUID) { state.withLock { $0.held[guid.description] = nil } }

  // MARK: Sink

  package func open() async throws(SinkUnavailable) {
    let failure = state.withLock { state in
      state.opens += 1
      return state.openFailure
    }
    if let failure { throw failure }
  }

  package func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    let interlude = state.withLock { state in
      defer { state.beforeNextAnswer = nil }
      return state.beforeNextAnswer
    }
    try? await interlude?()
    return state.withLock { state in operations.map { Self.apply($0, &state) } }
  }

  package func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    let held = state.withLock { $0.held }.filter { $0.value.resource.kind == kind }.sorted { $0.key < $1.key }
    for (id, held) in held {
      try await deliver([
        HeldResource(
          remoteID: id,
          externalID: held.resource.externalID,
          attributes: held.resource.attributes.filter { paths.contains($0.key) },
          members: held.members.map(\.description).sorted()
        )
      ])
    }
  }

  /// As someone else would, behind our back.
  package func tamper(_ guid: GUID, _ change: (inout Held) -> Void) {
    state.withLock { state in
      guard var held = state.held[guid.description] else { return }
      change(&held)
      state.held[guid.description] = held
    }
  }

  package func close() async {}

  private static func apply(_ operation: Operation, _ state: inout State) -> OperationOutcome {
    state.operations.append(operation)
    let fault = state.faultsByGUID[operation.guid] ?? (state.faults.isEmpty ? nil : state.faults.removeFirst())
    switch fault {
    case .answer(let outcome): return outcome
    case .applyThen(let outcome):
      _ = effect(of: operation, &state)
      return outcome
    case nil: return effect(of: operation, &state)
    }
  }

  private static func effect(of operation: Operation, _ state: inout State) -> OperationOutcome {
    let id = operation.guid.description
    switch operation.action {
    case .create(let resource):
      if state.held[id] != nil && !operation.mayHaveApplied { state.misuse.append("second create of \(id)") }
      state.held[id, default: Held(resource: resource)].resource = resource
    case .update(_, let changes):
      guard state.held[id] != nil else { return .linkStale(reason: "no such object") }
      for change in changes { state.held[id]?.resource.attributes[change.path] = change.new }
    case .delete:
      state.held[id] = nil
      for other in state.held.keys { state.held[other]?.members.remove(operation.guid) }
      return .done(remoteID: nil)
    case .members(let added, let removed):
      guard state.held[id] != nil else { return .linkStale(reason: "no such group") }
      for member in added where state.held[member.remoteID] == nil {
        state.misuse.append("unknown member \(member.guid)")
      }
      state.held[id]?.members.formUnion(added.map(\.guid))
      state.held[id]?.members.subtract(removed.map(\.guid))
    }
    return .done(remoteID: id)
  }
}
