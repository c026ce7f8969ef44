import Synchronization

/// Wakes those who wait for new entries of the provisioning log, so that nobody has to look for them again and again.
///
/// It tells that something may be there, of any configuration, and never what.
package final class LogBell: Sendable {
  private struct State {
    var rings = 0
    var waitersSoFar = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// How often it has rung; to be asked before looking, so that nothing is missed between looking and waiting.
  package var rings: Int { state.withLock { $0.rings } }

  package func ring() {
    let waiters = state.withLock { state in
      state.rings += 1
      defer { state.waiters = [:] }
      return state.waiters
    }
    for waiter in waiters.values { waiter.resume() }
  }

  /// Returns when it has rung more often than that, or the task is cancelled.
  package func wait(beyond rings: Int) async {
    let ticket = state.withLock { state in
      state.waitersSoFar += 1
      return state.waitersSoFar
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.rings > rings || Task.isCancelled { return true }
          state.waiters[ticket] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
    }
  }

  /// Also when that time is over.
  package func wait(beyond rings: Int, atMost duration: Duration, _ time: any TimeSource) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait(beyond: rings) }
      group.addTask { try? await time.sleep(for: duration) }
      await group.next()
      group.cancelAll()
    }
  }
}
