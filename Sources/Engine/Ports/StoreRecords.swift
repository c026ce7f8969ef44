package import Model

package struct ObjectID: Hashable, Comparable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
  package static func < (left: ObjectID, right: ObjectID) -> Bool { left.rawValue < right.rawValue }
}

package struct SourceID: Hashable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct ConfigurationID: Hashable, Comparable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
  package static func < (left: ConfigurationID, right: ConfigurationID) -> Bool { left.rawValue < right.rawValue }
}

/// One domain and how far it was read.
package struct SourceRecord: Hashable, Sendable {
  package let id: SourceID
  /// DNS name, in lower case; the key by which settings find it.
  package let domain: String
  package var namingContext: DistinguishedName?
  package var namingContextGUID: GUID?
  package var domainSID: SID?
  package var controller: String?
  package var invocationID: GUID?
  package var highestSeenUSN: Int64 = 0
  /// Of the last complete cycle; good on every domain controller.
  package var stableCookie: [UInt8]?
  /// Within a cycle; good only on the controller with `invocationID`.
  package var cycleCookie: [UInt8]?
  /// When `stableCookie` was stored.
  package var cookieTime: Timestamp?
  /// Hash of what the cookie depends on: attributes, flags, identity.
  package var readFingerprint: String?
  /// Number of the last full cycle begun; objects carry the number of the one that saw them.
  package var generation: Int64 = 0
  /// The cycle under way is a full one, so that at its end what it did not see is suspect.
  package var isFullCycle = false

  package init(id: SourceID, domain: String) {
    self.id = id
    self.domain = domain
  }
}

/// One object of the connector space.
package struct ObjectRecord: Hashable, Sendable {
  package let id: ObjectID
  package let guid: GUID
  package let source: SourceID
  package var parent: ObjectID?
  /// Value of the RDN.
  package var name: String
  /// Nil for a placeholder: only known because a child or a member value named it.
  package var objectClass: ObjectClass?
  package var sid: SID?
  package var primaryGroupRID: UInt32?
  package var isLive: Bool
  package var deletedAt: Timestamp?
  package var lastKnownParent: GUID?
  package var image: Image
  package var generation: Int64
  /// Its image must be read in full before anything is decided from it.
  package var isSuspect: Bool

  package init(
    id: ObjectID, guid: GUID, source: SourceID, parent: ObjectID? = nil, name: String = "",
    objectClass: ObjectClass? = nil, sid: SID? = nil, primaryGroupRID: UInt32? = nil, isLive: Bool = true,
    deletedAt: Timestamp? = nil, lastKnownParent: GUID? = nil, image: Image = Image(), generation: Int64 = 0,
    isSuspect: Bool = false
  ) {
    self.id = id
    self.guid = guid
    self.source = source
    self.parent = parent
    self.name = name
    self.objectClass = objectClass
    self.sid = sid
    self.primaryGroupRID = primaryGroupRID
    self.isLive = isLive
    self.deletedAt = deletedAt
    self.lastKnownParent = lastKnownParent
    self.image = image
    self.generation = generation
    self.isSuspect = isSuspect
  }
}

package struct ConfigurationRecord: Hashable, Sendable {
  package let id: ConfigurationID
  package let name: String
  package var source: SourceID
  /// What the last complete evaluation was made with; nil asks for everything to be evaluated again.
  package var fingerprint: String?

  package init(id: ConfigurationID, name: String, source: SourceID, fingerprint: String? = nil) {
    self.id = id
    self.name = name
    self.source = source
    self.fingerprint = fingerprint
  }
}

/// A scope DN, bound to the object that stood there when the DN was first read.
package struct ScopeRoot: Hashable, Sendable {
  package let name: DistinguishedName
  package let isExcluded: Bool
  package let guid: GUID
  package let objectClass: ObjectClass

  package init(name: DistinguishedName, isExcluded: Bool, guid: GUID, objectClass: ObjectClass) {
    self.name = name
    self.isExcluded = isExcluded
    self.guid = guid
    self.objectClass = objectClass
  }
}

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

/// A membership as one configuration sees it.
package struct MemberLink: Hashable, Sendable {
  package let group: ObjectID
  package let configuration: ConfigurationID
  package let member: ObjectID
  package var isDesired: Bool
  /// Nil while the outcome of a request is not known.
  package var isConfirmed: Bool?
  package var version: Int64

  package init(
    group: ObjectID, configuration: ConfigurationID, member: ObjectID, isDesired: Bool, isConfirmed: Bool?,
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

package struct RunRecord: Hashable, Sendable {
  package let id: Int64
  package let configuration: ConfigurationID
  package let reason: RunReason
  package let started: Timestamp
  package var ended: Timestamp?
  package var outcome: RunOutcome?
  package var detail: String?
  package var counts: RunCounts

  package init(
    id: Int64, configuration: ConfigurationID, reason: RunReason, started: Timestamp, ended: Timestamp? = nil,
    outcome: RunOutcome? = nil, detail: String? = nil, counts: RunCounts = RunCounts()
  ) {
    self.id = id
    self.configuration = configuration
    self.reason = reason
    self.started = started
    self.ended = ended
    self.outcome = outcome
    self.detail = detail
    self.counts = counts
  }
}

package enum RunReason: String, Sendable { case timer, restart, start }
package enum RunOutcome: String, Sendable { case success, partial, failure, interrupted }

package struct RunCounts: Hashable, Sendable {
  /// Entries that the directory delivered.
  package var imported = 0
  package var evaluated = 0
  package var created = 0
  package var updated = 0
  package var disabled = 0
  package var deleted = 0
  package var membersAdded = 0
  package var membersRemoved = 0
  package var failed = 0

  package init() {}
}

/// How much is where, for `status`.
package struct StoreCounts: Hashable, Sendable {
  package var provisioned = 0
  package var pending = 0
  package var escrowed = 0
  package var pendingMembers = 0

  package init() {}
}
