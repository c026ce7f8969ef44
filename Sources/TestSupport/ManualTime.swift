import Engine
package import Model
import Synchronization

/// Time that stands still until a test moves it.
package final class ManualTime: TimeSource {
  private struct State {
    var now = Timestamp(milliseconds: 1_800_000_000_000)
    var nextID = 0
    var sleepers: [Int: Sleeper] = [:]
    var watchers: [CheckedContinuation<Void, Never>] = []
  }

  private struct Sleeper {
    let due: Timestamp
    let continuation: CheckedContinuation<Void, any Error>
  }

  private let state = Mutex(State())

  package init() {}

  package func now() -> Timestamp {
    state.withLock { $0.now }
  }

  package func sleep(for duration: Duration) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          if Task.isCancelled { return true }
          state.sleepers[id] = Sleeper(due: state.now + duration, continuation: continuation)
          for watcher in state.watchers { watcher.resume() }
          state.watchers = []
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Waits until somebody sleeps.
  package func untilSomebodySleeps() async {
    await withCheckedContinuation { continuation in
      let isAsleep = state.withLock { state in
        if state.sleepers.isEmpty { state.watchers.append(continuation) }
        return !state.sleepers.isEmpty
      }
      if isAsleep { continuation.resume() }
    }
  }

  package func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now + duration
      let due = state.sleepers.filter { $0.value.due <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.due < $1.due }
    }
    for sleeper in due { sleeper.continuation.resume() }
  }
}
