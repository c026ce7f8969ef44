package import Model

/// A membership as one configuration sees it.
package struct MemberLink: Hashable, Sendable {
  package let group: ObjectID
  package var configuration: ConfigurationID
  package let member: ObjectID
  package var isDesired: Bool
  /// Nil while the outcome of a request is not known.
  package var isConfirmed: Bool?
  package var version: Int64
  /// The sink refused it; not to be tried again before.
  package var notBefore: Timestamp?
  /// Of a removal: whether the guard lets it leave.
  package var gate = Gate.open
  package var gateUntil: Timestamp?

  package init(
    group: ObjectID,
    configuration: ConfigurationID,
    member: ObjectID,
    isDesired: Bool,
    isConfirmed: Bool?,
    version: Int64
  ) {
    self.group = group
    self.configuration = configuration
    self.member = member
    self.isDesired = isDesired
    self.isConfirmed = isConfirmed
    self.version = version
  }
}
