import Engine
package import Model
import Synchronization

/// A clock that only a simulation moves; who sleeps wakes at once, and the clock has moved on.
package final class SimulatedTime: TimeSource {
  private let milliseconds: Mutex<Int64>

  package init(start: Timestamp) {
    milliseconds = Mutex(start.milliseconds)
  }

  package func now() -> Timestamp {
    Timestamp(milliseconds: milliseconds.withLock { $0 })
  }

  package func sleep(for duration: Duration) async throws {
    try Task.checkCancellation()
    advance(by: duration)
  }

  package func advance(by duration: Duration) {
    milliseconds.withLock { $0 += duration.milliseconds }
  }
}

/// The clock of the agent's host, which may be wrong.
package final class HostClock: TimeSource {
  private let time: SimulatedTime
  private let error = Mutex(Duration.zero)

  init(_ time: SimulatedTime) {
    self.time = time
  }

  /// How far it is ahead.
  package var offset: Duration { error.withLock(\.self) }

  package func now() -> Timestamp { time.now() + offset }
  package func sleep(for duration: Duration) async throws { try await time.sleep(for: duration) }
  package func jump(by duration: Duration) { error.withLock { $0 += duration } }
}
