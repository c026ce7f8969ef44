/// How much may be withdrawn before a person has to agree: deletes, disables and leavers of the scope, counted by kind over a
/// sliding window, and the removals of members of one group.
///
/// Defaults are those of the field: 500 deletes (Microsoft Entra), 5 % of what the sink holds, 30 % of a group.
package struct DeleteGuard: Hashable, Sendable {
  package struct Share: Hashable, Sendable {
    package var percent: Int
    /// Below it a share says nothing: of a group of three one member is a third.
    package var minimum: Int

    package init(percent: Int, minimum: Int) {
      self.percent = percent
      self.minimum = minimum
    }
  }

  /// Off: everything passes.
  package var isOn: Bool
  /// Of one kind within the window, whatever share of all that is.
  package var count: Int
  /// Of all objects of one kind that the sink holds; up to `minimum` always pass.
  package var kind: Share
  /// Of all objects directly in one container; up to `minimum` always pass.
  package var container: Share
  /// Of the members of one group; groups with fewer members than `minimum` are not watched.
  package var members: Share
  package var window: Duration

  package init(
    isOn: Bool = true,
    count: Int = 500,
    kind: Share = Share(percent: 5, minimum: 20),
    container: Share = Share(percent: 10, minimum: 20),
    members: Share = Share(percent: 30, minimum: 50),
    window: Duration = .seconds(86_400)
  ) {
    self.isOn = isOn
    self.count = count
    self.kind = kind
    self.container = container
    self.members = members
    self.window = window
  }

  package static let standard = DeleteGuard()
  package static let off = DeleteGuard(isOn: false)
}
