/// A named provisioning job: a domain, who of it is in scope, how attributes are mapped and what leaving the scope means.
///
/// The sink is chosen beside it: its settings are nobody's business here.
package struct Configuration: Hashable, Sendable {
  package let name: String
  /// DNS name of the domain.
  package let domain: String
  package var isEnabled: Bool
  package let notificationEmails: [String]
  /// Time between scheduled runs.
  package let interval: Duration
  package let scope: Scope
  package let mapping: Mapping
  package let onLeaveScope: LeavingPolicy
  /// How long an object that left is only disabled; nil means it is never deleted. Counts with `.disable` only.
  package let deleteAfter: Duration?
  /// Whether groups are sent as members of groups.
  package let sendsNestedGroups: Bool
  package let deleteGuard: DeleteGuard

  package init(
    name: String,
    domain: String,
    isEnabled: Bool,
    notificationEmails: [String] = [],
    interval: Duration,
    scope: Scope,
    mapping: Mapping,
    onLeaveScope: LeavingPolicy,
    deleteAfter: Duration? = nil,
    sendsNestedGroups: Bool = false,
    deleteGuard: DeleteGuard = .standard
  ) {
    self.name = name
    self.domain = domain
    self.isEnabled = isEnabled
    self.notificationEmails = notificationEmails
    self.interval = interval
    self.scope = scope
    self.mapping = mapping
    self.onLeaveScope = onLeaveScope
    self.deleteAfter = deleteAfter
    self.sendsNestedGroups = sendsNestedGroups
    self.deleteGuard = deleteGuard
  }

  /// The attributes that must be read to evaluate it.
  package var sourceAttributes: Set<AttributeName> {
    mapping.sourceAttributes.union(scope.sourceAttributes)
  }
}

/// What happens in the sink to an object that was provisioned and is no longer in scope or no longer in the directory.
package enum LeavingPolicy: String, Sendable, CaseIterable {
  /// Users become inactive, groups are emptied; `deleteAfter` may delete them later.
  case disable
  case delete
  /// Left as it is.
  case keep
}
