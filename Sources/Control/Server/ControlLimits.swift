/// Bounds on what one caller can take from the daemon.
package struct ControlLimits: Sendable {
  /// Largest request body in bytes.
  package var bodySize = 1 << 20
  /// For a body to arrive whole, and for the rest of one that was refused.
  package var bodyTime: Duration = .seconds(10)
  /// For the head of a request to arrive, and between requests of a connection.
  package var idleTime: Duration = .seconds(30)
  /// Connections at a time; more wait in the backlog.
  package var connections = 128

  package init() {}
}
