/// The control socket and who may do what through it.
package struct ControlSettings: Hashable, Sendable {
  package let socketPath: String
  /// Mode bits of the socket file: who can open it. What a caller then may do follows from its credentials.
  package let socketMode: UInt32
  /// Members may do everything.
  package let operatorsGroup: String
  package let ownUser: OwnUserRights

  /// What callers may do that run as the daemon's own user, without being root or an operator.
  package enum OwnUserRights: String, Sendable, CaseIterable {
    /// For the service: its own user is not an administrator.
    case reload
    /// For a daemon that a person runs from a folder of their own.
    case `operator`
  }
}
