package import Model

/// What the cloud is to hold for one object of the directory.
package enum Expectation: Sendable, Hashable {
  /// In scope: exactly these attributes.
  case present(ResourceKind, [TargetPath: ResourceValue])
  /// In scope, but nothing can be made of it: what the cloud holds is to stay as it is.
  case untouched(reason: String)
  /// Gone or out of scope: the configuration's rule for leavers applies, if it was ever there.
  case left
}

/// What the cloud is to hold for one configuration.
package struct CloudExpectation: Sendable {
  /// By objectGUID; an object that is not listed is unknown to the directory.
  package var objects: [GUID: Expectation] = [:]
  /// Members by group, for groups that are present.
  package var members: [GUID: Set<GUID>] = [:]
  /// Bases of the scope that are deleted or gone: the configuration must change nothing.
  package var missingBases: Set<GUID> = []

  package subscript(guid: GUID) -> Expectation { objects[guid] ?? .left }
}
