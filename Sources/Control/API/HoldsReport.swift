package import FoundationEssentials

/// Answer of `GET /v1/configurations/{name}/holds`: what the guard keeps from being sent until a person decides.
package struct HoldsReport: Codable, Hashable, Sendable {
  package enum Action: String, Codable, Sendable {
    case delete
    /// The account becomes inactive.
    case disable
    /// The group is emptied and kept.
    case empty
    case removeMember = "remove-member"
  }

  package struct Operation: Codable, Hashable, Sendable {
    /// objectGUID.
    package let guid: String
    package let kind: String
    /// As the directory last named it.
    package let name: String
    package let action: Action
    /// Name of the group that the member would be taken out of.
    package let group: String?

    package init(guid: String, kind: String, name: String, action: Action, group: String? = nil) {
      self.guid = guid
      self.kind = kind
      self.name = name
      self.action = action
      self.group = group
    }
  }

  /// Stands for the exact set; a decision names it and is refused when the set has changed. Empty when nothing is held.
  package let digest: String
  package let reason: String?
  package let since: Date?
  /// How many there are, memberships left out that only wait because their member or group does.
  package let count: Int
  /// Memberships that go, or stay, with their member or group.
  package let following: Int
  /// The first of them.
  package let operations: [Operation]

  package init(
    digest: String,
    reason: String? = nil,
    since: Date? = nil,
    count: Int = 0,
    following: Int = 0,
    operations: [Operation] = []
  ) {
    self.digest = digest
    self.reason = reason
    self.since = since
    self.count = count
    self.following = following
    self.operations = operations
  }
}

/// Body of `POST /v1/configurations/{name}/holds`.
package struct HoldsDecision: Codable, Hashable, Sendable {
  package enum Word: String, Codable, Sendable, CaseIterable {
    case approve
    /// The sink keeps what it has until the object changes.
    case reject
  }

  package let decision: Word
  /// Of the set that was seen.
  package let digest: String
  /// objectGUIDs; nil decides about all of the set.
  package let objects: [String]?

  package init(_ decision: Word, digest: String, objects: [String]? = nil) {
    self.decision = decision
    self.digest = digest
    self.objects = objects
  }
}

/// Answer of `POST /v1/configurations/{name}/holds`.
package struct HoldsAnswer: Codable, Hashable, Sendable {
  /// How many operations it was about, memberships that go with them included.
  package let decided: Int

  package init(decided: Int) {
    self.decided = decided
  }
}
