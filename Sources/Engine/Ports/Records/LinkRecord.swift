package import Model

/// The durable pair of an object and a configuration. Its rows whose state is not `idle` are what is to be exported.
package struct LinkRecord: Hashable, Sendable {
  package let object: ObjectID
  /// Another one with the same sink takes it over when the object moves to its domain.
  package var configuration: ConfigurationID
  package let guid: GUID
  package let kind: ResourceKind
  /// The sink's name for the object, as far as it is known: perhaps of one that could be found but not changed.
  package var remoteID: String?
  package var state: State
  /// Decides the order of export; meaningful unless idle.
  package var phase: ExportPhase
  package var presence: Presence
  /// Grows by one with each change of `desired`.
  package var desiredVersion: Int64
  /// Nil: the object is not to exist in the sink.
  package var desired: Resource?
  package var sentVersion: Int64
  /// What the last request carried, while its outcome is not known.
  package var sent: Resource?
  /// What the sink acknowledged; nil: nothing, or it is in doubt.
  package var confirmed: Resource?
  /// What the sink holds is not known: a request has an unknown outcome, or the object must be found again. It may be `confirmed`,
  /// `sent`, or some of each.
  package var isUncertain: Bool
  package var attempts: Int
  package var notBefore: Timestamp?
  package var lastError: String?
  /// Failures of memberships of a group are kept apart: what the sink refuses of the group itself, a rename perhaps, must
  /// not hold back that a leaver is taken out of it.
  package var memberAttempts: Int
  package var membersNotBefore: Timestamp?
  /// When it left the scope; counts with a presence of `disabled`.
  package var leftAt: Timestamp?
  /// Of what withdraws something: whether the guard lets it leave.
  package var gate = Gate.open
  /// When an approval ends that was not used.
  package var gateUntil: Timestamp?
  /// The container that it was in when it was last in scope.
  package var home: ObjectID?

  package enum State: Int, Sendable {
    case idle = 0
    case pending = 1
    case inflight = 2
    /// Failed for the object's own reason; waits for `notBefore` or a change.
    case escrow = 3
  }

  package enum Presence: Int, Sendable {
    case present = 1
    /// Left the scope; kept in the sink without access.
    case disabled = 2
    /// Left the scope and is left as it is.
    case kept = 3
    case absent = 4
  }

  package init(object: ObjectID, configuration: ConfigurationID, guid: GUID, kind: ResourceKind) {
    self.object = object
    self.configuration = configuration
    self.guid = guid
    self.kind = kind
    state = .idle
    phase = .users
    presence = .absent
    desiredVersion = 0
    sentVersion = 0
    isUncertain = false
    attempts = 0
    memberAttempts = 0
  }
}

/// The order in which pending operations leave: access is withdrawn first, what others refer to is created before them and
/// deleted after them. Memberships go between `groups` and `groupDeletes`.
package enum ExportPhase: Int, Sendable, CaseIterable {
  case withdrawals = 0
  case organizationalUnits = 1
  case users = 2
  case groups = 3
  case groupDeletes = 4
  case userDeletes = 5
  case organizationalUnitDeletes = 6
}
