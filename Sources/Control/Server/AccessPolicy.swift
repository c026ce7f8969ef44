/// What a caller may do. Each level includes those before it.
package enum Rights: Int, Comparable, Sendable {
  /// `GET /v1/health` without names and messages.
  case observe
  /// Also reload, which changes nothing that the files do not say.
  case reload
  case operate

  package static func < (left: Rights, right: Rights) -> Bool { left.rawValue < right.rawValue }
}

/// Gives rights by who is at the other end of the socket, never by the mode of its file.
package struct AccessPolicy: Sendable {
  /// Numeric id of the operators' group; nil when the host has none, which leaves root alone.
  package let operatorsGroup: UInt32?
  /// The uid that the daemon runs as: `systemctl reload` calls with it.
  package let ownUser: UInt32
  /// `.reload` for a service, whose user is nobody's login; `.operate` for a daemon that a person runs by hand.
  package let ownUserRights: Rights

  package init(operatorsGroup: UInt32?, ownUser: UInt32, ownUserRights: Rights = .reload) {
    self.operatorsGroup = operatorsGroup
    self.ownUser = ownUser
    self.ownUserRights = ownUserRights
  }

  package func rights(of peer: Peer) -> Rights {
    if peer.user == 0 { return .operate }
    if let operatorsGroup, peer.group == operatorsGroup || peer.supplementaryGroups.contains(operatorsGroup) {
      return .operate
    }
    return peer.user == ownUser ? ownUserRights : .observe
  }
}
