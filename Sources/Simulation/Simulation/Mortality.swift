package import Engine
package import Model
import Synchronization

/// The life of one process: it ends at a chosen step, and from then on nothing that it does has any effect.
///
/// There is a step before and one after each commit of the store and each request to a sink.
package final class Mortality: Sendable {
  private struct State {
    var steps = 0
    var end: Int?
    var isDead = false
    /// Writes that still go well before the disk is full, and those that then fail.
    var trouble: (after: Int, lasting: Int)?
    var hasLostAnswers = false
  }

  private let state = Mutex(State())

  package init() {}

  /// - Parameter step: counted from now on, beginning with 1.
  package func die(at step: Int?) {
    state.withLock { $0 = State(end: step, trouble: $0.trouble, hasLostAnswers: $0.hasLostAnswers) }
  }

  /// Has writes of the store fail, as with a full disk, while the process lives on.
  package func fillDisk(after writes: Int, lasting failures: Int) {
    state.withLock { $0.trouble = (writes, failures) }
  }

  package func freeDisk() { state.withLock { $0.trouble = nil } }

  fileprivate func isDiskFull() -> Bool {
    state.withLock { state in
      guard let trouble = state.trouble else { return false }
      if trouble.after > 0 {
        state.trouble?.after -= 1
        return false
      }
      state.trouble = trouble.lasting > 1 ? (0, trouble.lasting - 1) : nil
      state.hasLostAnswers = true
      return true
    }
  }

  /// Since the beginning, a step failed that may have been to store an answer.
  var hasLostAnswers: Bool { state.withLock { $0.hasLostAnswers } }
  package var isDead: Bool { state.withLock { $0.isDead } }
  /// Since the last `die`.
  package var steps: Int { state.withLock { $0.steps } }

  /// - Returns: whether the process lives on.
  func step() -> Bool {
    state.withLock { state in
      if state.isDead { return false }
      state.steps += 1
      if state.steps == state.end {
        state.isDead = true
        state.hasLostAnswers = true
      }
      return !state.isDead
    }
  }
}

/// Thrown by whatever a dead process touches.
package struct Killed: Error, CustomStringConvertible {
  package let description = "killed"
}

package struct DiskFull: Error, CustomStringConvertible {
  package let description = "simulated: no space left on device"
}

/// The store of a process that may die.
package struct MortalStore: Store {
  let base: any Store
  let life: Mortality

  package init(_ base: any Store, _ life: Mortality) {
    self.base = base
    self.life = life
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws -> Value
  ) async throws -> Value {
    if life.isDead { throw Killed() }
    return try await base.read(body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreWriter) throws -> Value
  ) async throws -> Value {
    guard life.step() else { throw Killed() }
    if life.isDiskFull() { throw DiskFull() }
    let value = try await base.write(body)
    guard life.step() else { throw Killed() }
    return value
  }
}

/// The sink of a process that may die. What it answers to a dead one is heard by nobody.
package struct MortalSink: Sink {
  let base: SimulatedSink
  let life: Mortality

  package init(_ base: SimulatedSink, _ life: Mortality) {
    self.base = base
    self.life = life
  }

  package var capabilities: SinkCapabilities { base.capabilities }

  package func open() async throws(SinkUnavailable) { try await base.open() }

  package func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    base.beginBatch()
    return operations.map { operation in
      guard life.step() else { return .unknown(reason: "killed") }
      let outcome = base.carryOut(operation)
      _ = life.step()
      return outcome
    }
  }

  package func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    try await base.inventory(kind, paths, deliver: deliver)
  }

  package func close() async {}
}
