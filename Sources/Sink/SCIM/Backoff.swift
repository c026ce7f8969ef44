import Synchronization

/// The pause where a service asks for one without saying how long: a second, doubled up to a minute.
final class Backoff: Sendable {
  private static let first = Duration.seconds(1)
  private static let longest = Duration.seconds(60)

  private let delay = Mutex(first)

  func next() -> Duration {
    delay.withLock { delay in
      defer { delay = min(delay * 2, Self.longest) }
      return delay
    }
  }

  func reset() {
    delay.withLock { $0 = Self.first }
  }
}
