package import Engine
package import HTTPTransport
package import Model
import Synchronization

/// Users, groups and their members in a SCIM 2.0 service (RFC 7643, RFC 7644).
///
/// What a service announces is a hint and what it answers is checked: a look-up's result is compared with what was asked
/// for, and success must come as JSON.
package final class SCIMSink: Sink {
  package let capabilities = SinkCapabilities(
    kinds: [.user, .group],
    batchSize: 100,
    memberChunk: 100,
    canBeRead: true
  )
  private let options: SCIMOptions
  private let transport: any HTTPTransport
  private let time: any TimeSource
  private let backoff = Backoff()
  /// What was learned of the service; it outlives a session.
  private let patchForms = PatchForms()
  private let state = Mutex(State.new)

  private enum State {
    case new
    case open(SCIMSession)
    case closed
  }

  package init(options: SCIMOptions, transport: any HTTPTransport, time: any TimeSource) {
    self.options = options
    self.transport = transport
    self.time = time
  }

  package func open() async throws(SinkUnavailable) {
    let client = try SCIMClient(options: options, transport: transport, time: time)
    try await client.probe()
    let session = SCIMSession(client: client, patchForms: patchForms)
    state.withLock { $0 = .open(session) }
  }

  package func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    let session: SCIMSession
    switch state.withLock({ $0 }) {
    case .open(let open): session = open
    case .new: return operations.map { _ in .unavailable(SinkUnavailable("the SCIM sink is not open")) }
    case .closed: return operations.map { _ in .unavailable(SinkUnavailable("the SCIM sink is closed")) }
    }
    return await apply(operations, in: session)
  }

  package func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    guard case .open(let session) = state.withLock({ $0 }) else { throw SinkUnavailable("the SCIM sink is not open") }
    try await session.inventory(kind, paths, deliver: deliver)
  }

  package func close() async {
    state.withLock { $0 = .closed }
  }

  private func apply(_ operations: [Operation], in session: SCIMSession) async -> [OperationOutcome] {
    let gate = BatchGate(backoff: backoff)
    return await withTaskGroup(of: (Int, OperationOutcome).self) { group in
      var outcomes = [OperationOutcome](repeating: .notSent(pause: nil), count: operations.count)
      var started = 0
      func startNext() {
        guard started < operations.count else { return }
        let index = started
        started += 1
        group.addTask { (index, await Self.apply(operations[index], in: session, through: gate)) }
      }
      for _ in 0..<max(1, options.maxInFlight) { startNext() }
      for await (index, outcome) in group {
        outcomes[index] = outcome
        startNext()
      }
      return outcomes
    }
  }

  private static func apply(
    _ operation: Operation,
    in session: SCIMSession,
    through gate: BatchGate
  ) async -> OperationOutcome {
    if Task.isCancelled { return .notSent(pause: nil) }
    if let verdict = gate.verdict { return verdict }
    do throws(SCIMFailure) {
      let remoteID = try await session.carryOut(operation)
      gate.noteSuccess()
      return .done(remoteID: remoteID)
    } catch {
      return gate.outcome(of: error)
    }
  }
}
