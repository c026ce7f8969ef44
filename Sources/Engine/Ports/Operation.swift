package import Model

/// One change for one object in one sink.
package struct Operation: Hashable, Sendable {
  /// Stable over repeats of the same change and never used for another one: the idempotency key.
  package let id: String
  package let kind: ResourceKind
  /// objectGUID, and the externalId in the sink.
  package let guid: GUID
  /// What the sink called the object when it was created or adopted.
  package let remoteID: String?
  package let action: Action
  /// An earlier attempt of this or of an older change has an unknown outcome.
  package let mayHaveApplied: Bool

  package enum Action: Hashable, Sendable {
    /// No link yet: adopt the object that matches, else create it.
    case create(Resource)
    /// `resource` is the full wanted state, `changes` what may differ in the sink. A disable is an update of `active`.
    case update(Resource, changes: [AttributeChange])
    /// Succeeds also when the object is not there.
    case delete
    /// Of a group that exists in the sink. Adding a member that is one, or removing one that is none, succeeds.
    case members(added: [MemberReference], removed: [MemberReference])
  }

  package init(
    id: String,
    kind: ResourceKind,
    guid: GUID,
    remoteID: String?,
    action: Action,
    mayHaveApplied: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.guid = guid
    self.remoteID = remoteID
    self.action = action
    self.mayHaveApplied = mayHaveApplied
  }
}

package struct MemberReference: Hashable, Sendable {
  package let guid: GUID
  package let kind: ResourceKind
  package let remoteID: String

  package init(guid: GUID, kind: ResourceKind, remoteID: String) {
    self.guid = guid
    self.kind = kind
    self.remoteID = remoteID
  }
}

package enum OperationOutcome: Hashable, Sendable {
  /// The sink holds the wanted state; `remoteID` is its name for the object (nil after a delete).
  case done(remoteID: String?)
  /// The object linked by the remote id is gone from the sink: it must be matched or created anew.
  case linkStale(reason: String)
  /// Passing trouble with this operation; try again later, other operations may go on.
  case retry(reason: String)
  /// Of a members operation: done but for these members, which the sink does not take; with the reason for each.
  case membersRefused([GUID: String])
  /// The object's own fault: repeating will not help until something changes.
  case rejected(code: String, reason: String)
  /// As `rejected`, but the object was found and is known as ours by this id from now on: its memberships need not wait.
  case adopted(remoteID: String, code: String, reason: String)
  /// It may or may not have been applied.
  case unknown(reason: String)
  /// Not attempted, because the sink asked for a pause or the task was cancelled.
  case notSent(pause: Duration?)
  /// The sink as a whole is unusable (credentials refused, unreachable); the operation was not applied.
  case unavailable(SinkUnavailable)
}
