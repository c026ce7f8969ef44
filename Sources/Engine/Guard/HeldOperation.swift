package import Model

/// One operation that the guard holds.
package struct HeldOperation: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case delete
    /// The account becomes inactive.
    case disable
    /// The group is emptied and kept.
    case empty
    /// Taken out of that group.
    case removeMember(of: GUID, groupName: String)
  }

  package let guid: GUID
  package let kind: ResourceKind
  /// As the directory last named it.
  package let name: String
  package let action: Action

  package init(guid: GUID, kind: ResourceKind, name: String, action: Action) {
    self.guid = guid
    self.kind = kind
    self.name = name
    self.action = action
  }
}

/// All that is held of one configuration, or the beginning of it.
package struct Holds: Hashable, Sendable {
  /// Stands for the exact set: an approval names it, and is refused when the set has changed. Empty when nothing is held.
  package var digest = ""
  package var reason: String?
  package var since: Timestamp?
  package var operations: [HeldOperation] = []
  /// How many there are in all. Memberships that wait only because their member or group does are not among them.
  package var count = 0
  /// Memberships that wait with their member or group.
  package var following = 0

  package init() {}
}
