import Model

/// A wait by the wall clock. It is over as well when the clock is set back to before it began: however far ahead the clock
/// was, putting it right makes nobody wait longer than was asked for.
struct Pause: Sendable {
  let began: Timestamp
  let end: Timestamp

  /// Nil when it is over.
  func remaining(at now: Timestamp) -> Duration? {
    began <= now && now < end ? end - now : nil
  }
}
