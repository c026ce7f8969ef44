import Synchronization

/// Ends a simulated process at a chosen step: nothing that it does afterwards has an effect.
package final class KillSwitch: Sendable {
  package enum Moment: Sendable { case before, after }

  private struct State {
    var stepsLeft: Int?
    var moment = Moment.before
    var isDead = false
    var steps = 0
  }

  private let state: Mutex<State>

  /// - Parameter step: which store commit or sink request is the last one, from 1; nil for none.
  package init(at step: Int? = nil, _ moment: Moment = .before) {
    state = Mutex(State(stepsLeft: step, moment: moment))
  }

  package var isDead: Bool { state.withLock { $0.isDead } }
  package var steps: Int { state.withLock { $0.steps } }

  /// Whether the next step takes effect.
  package func mayTakeEffect() -> Bool {
    state.withLock { state in
      if state.isDead { return false }
      state.steps += 1
      guard let left = state.stepsLeft else { return true }
      state.stepsLeft = left - 1
      guard left <= 1 else { return true }
      state.isDead = true
      return state.moment == .after
    }
  }
}

package struct Killed: Error {}
