package import Model

/// Something that was withdrawn from a sink, for as long as it counts towards the limits of the guard.
package struct Withdrawal: Hashable, Sendable {
  package let configuration: ConfigurationID
  package let object: ObjectID
  /// The group that the object was taken out of; nil when the object itself was disabled or deleted.
  package let group: ObjectID?
  package let kind: ResourceKind
  /// The container where the object was when it was last in scope.
  package let home: ObjectID?
  package let date: Timestamp

  package init(
    configuration: ConfigurationID,
    object: ObjectID,
    group: ObjectID? = nil,
    kind: ResourceKind,
    home: ObjectID? = nil,
    date: Timestamp
  ) {
    self.configuration = configuration
    self.object = object
    self.group = group
    self.kind = kind
    self.home = home
    self.date = date
  }
}
