package import Model

/// The engine's only way to time, so that tests and simulations own it.
package protocol TimeSource: Sendable {
  /// The wall clock; only for what is shown, stored or due at a date.
  func now() -> Timestamp

  /// Monotonic. Throws `CancellationError` when the task is cancelled.
  func sleep(for duration: Duration) async throws
}
