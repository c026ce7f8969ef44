/// The process at the other end of the socket, as it was when it connected.
package struct Peer: Hashable, Sendable {
  package let process: Int32
  /// Effective uid.
  package let user: UInt32
  /// Effective gid.
  package let group: UInt32
  package let supplementaryGroups: [UInt32]

  package init(process: Int32, user: UInt32, group: UInt32, supplementaryGroups: [UInt32]) {
    self.process = process
    self.user = user
    self.group = group
    self.supplementaryGroups = supplementaryGroups
  }
}
