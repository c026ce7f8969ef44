package import Model

/// Why an object waits for evaluation, for which configuration (nil: all of the domain).
package struct DirtyObject: Hashable, Sendable {
  package let object: ObjectID
  package let configuration: ConfigurationID?

  package init(object: ObjectID, configuration: ConfigurationID?) {
    self.object = object
    self.configuration = configuration
  }
}

/// A membership that waits for evaluation in all configurations.
package struct DirtyMember: Hashable, Sendable {
  package let group: ObjectID
  package let member: GUID

  package init(group: ObjectID, member: GUID) {
    self.group = group
    self.member = member
  }
}
