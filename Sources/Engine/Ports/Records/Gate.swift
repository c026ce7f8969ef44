/// Whether what withdraws something from the sink may leave; all else is always open.
package enum Gate: Int, Sendable, CaseIterable {
  case open = 0
  /// A person agreed, or it follows from something that was let through: it counts towards no limit any more.
  case approved = 1
  /// Not yet seen by the guard.
  case staged = 2
  /// Waits for a person.
  case held = 3
  /// A person refused: the sink keeps what it has until the object changes.
  case rejected = 4

  package var isPassable: Bool { self == .open || self == .approved }
}
