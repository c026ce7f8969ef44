/// How much is where, for `status`.
package struct StoreCounts: Hashable, Sendable {
  package var provisioned = 0
  package var pending = 0
  package var escrowed = 0
  package var pendingMembers = 0
  /// Objects and memberships that failed and wait for their repeat, those in escrow among them.
  package var failing = 0
  /// Objects and removals of members that the guard holds.
  package var held = 0
  /// And those that a person refused.
  package var rejected = 0

  package init() {}
}
