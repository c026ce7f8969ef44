package import Model

/// One line of the provisioning log: what was asked of the sink for one object, and what became of it.
///
/// All texts are bounded, and values that a mapping masks are not in it.
package struct LogEntry: Hashable, Sendable {
  /// Grows with each entry and is never used again; 0 until the store has given one.
  package var id: Int64
  package let configuration: ConfigurationID
  /// Nil when it was found out between two runs.
  package let run: Int64?
  package let time: Timestamp
  /// objectGUID.
  package let guid: GUID
  package let kind: ResourceKind
  /// The DN that the object has, or had last; for people.
  package let name: String
  package let action: LogAction
  package let status: LogStatus
  /// A short word that stays the same between versions; nil for a success.
  package let code: String?
  /// In words; nil for a success.
  package let reason: String?
  package let remoteID: String?
  package let changes: [AttributeChange]
  /// Only of memberships.
  package let members: LoggedMembers?

  package init(
    id: Int64 = 0,
    configuration: ConfigurationID,
    run: Int64?,
    time: Timestamp,
    guid: GUID,
    kind: ResourceKind,
    name: String,
    action: LogAction,
    status: LogStatus,
    code: String? = nil,
    reason: String? = nil,
    remoteID: String? = nil,
    changes: [AttributeChange] = [],
    members: LoggedMembers? = nil
  ) {
    self.id = id
    self.configuration = configuration
    self.run = run
    self.time = time
    self.guid = guid
    self.kind = kind
    self.name = name
    self.action = action
    self.status = status
    self.code = code
    self.reason = reason
    self.remoteID = remoteID
    self.changes = changes
    self.members = members
  }
}

/// What was to be done. A create that found the object there already is a create.
package enum LogAction: String, Sendable, CaseIterable {
  case create
  case update
  /// An update after which the account may not be used any more.
  case disable
  /// An update after which the account may be used again.
  case enable
  case delete
  case members
  case other
}

package enum LogStatus: String, Sendable, CaseIterable {
  case success
  /// The sink did not do it, or did not say.
  case failure
  /// Nothing was asked of the sink, for the object's own reason.
  case skipped
  /// Nothing was asked of the sink, because a person is to decide.
  case held
}

/// The memberships of one operation: how many, and the first of them.
package struct LoggedMembers: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package let guid: GUID
    /// As `LogEntry.name`.
    package let name: String

    package init(guid: GUID, name: String) {
      self.guid = guid
      self.name = name
    }
  }

  package let addedCount: Int
  package let removedCount: Int
  package let added: [Member]
  package let removed: [Member]

  package init(addedCount: Int, removedCount: Int, added: [Member], removed: [Member]) {
    self.addedCount = addedCount
    self.removedCount = removedCount
    self.added = added
    self.removed = removed
  }
}
