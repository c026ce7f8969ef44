import Engine
import Synchronization

/// Shared by the operations of one batch: once the service asks for a pause or is unusable, the rest is not sent.
final class BatchGate: Sendable {
  private struct State {
    var pause: Duration?
    var unavailable: SinkUnavailable?
  }

  private let state = Mutex(State())
  private let backoff: Backoff

  init(backoff: Backoff) {
    self.backoff = backoff
  }

  /// The answer for operations that have not been started; nil while they may be.
  var verdict: OperationOutcome? {
    state.withLock { state in
      if let reason = state.unavailable { return .unavailable(reason) }
      return state.pause.map { .notSent(pause: $0) }
    }
  }

  func noteSuccess() {
    backoff.reset()
  }

  func outcome(of failure: SCIMFailure) -> OperationOutcome {
    switch failure {
    case .paused(let asked): return .notSent(pause: pause(asked))
    case .unavailable(let reason):
      state.withLock { $0.unavailable = reason }
      return .unavailable(reason)
    case .afterEffect(let cause):
      // Only the batch follows the cause: for the engine a part of this operation has taken effect.
      _ = outcome(of: cause)
      return .unknown(reason: "applied in part, then \(cause.reason)")
    case .membersRefused(let refused): return .membersRefused(refused)
    case .stale(let reason): return .linkStale(reason: reason)
    case .retry(let reason): return .retry(reason: reason)
    case .unknown(let reason): return .unknown(reason: reason)
    case .rejected(let code, let reason): return .rejected(code: code, reason: reason)
    case .refusedOf(let id, let code, let reason): return .adopted(remoteID: id, code: code, reason: reason)
    case .cancelled(let maybeSent): return maybeSent ? .unknown(reason: failure.reason) : .notSent(pause: nil)
    }
  }

  /// Answers of requests that were under way together count as one: the pause of our own making grows once a batch.
  private func pause(_ asked: Duration?) -> Duration {
    state.withLock { state in
      let pause = max(state.pause ?? .zero, asked ?? state.pause ?? backoff.next())
      state.pause = pause
      return pause
    }
  }
}
