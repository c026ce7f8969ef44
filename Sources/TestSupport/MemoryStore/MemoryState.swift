import Engine
import Model

/// The tables, and beside them what the indexes of a database would be.
struct MemoryState {
  var sources: [SourceID: SourceRecord] = [:]
  var configurations: [ConfigurationID: ConfigurationRecord] = [:]
  var scopeRoots: [ConfigurationID: [ScopeRoot]] = [:]

  var objects: [ObjectID: ObjectRecord] = [:]
  var objectsByGUID: [GUID: ObjectID] = [:]
  var objectsBySID: [SID: Set<ObjectID>] = [:]
  var objectsByParent: [ObjectID: Set<ObjectID>] = [:]
  var objectsByPrimaryGroup: [UInt32: Set<ObjectID>] = [:]
  var members: [ObjectID: Set<GUID>] = [:]
  var groups: [GUID: Set<ObjectID>] = [:]
  var edgeExpiries: [DirtyMember: Timestamp] = [:]

  var dirtyObjects: [ObjectID: Set<DirtyObject>] = [:]
  /// By group.
  var dirtyMembers: [ObjectID: Set<DirtyMember>] = [:]
  var timers: [ObjectID: Timestamp] = [:]

  var links: [LinkKey: LinkRecord] = [:]
  /// Those that are not idle.
  var openLinks: [ConfigurationID: Set<ObjectID>] = [:]
  var memberLinks: [MemberKey: MemberLink] = [:]
  /// By group, then by member: all, and those of which the sink is not known to hold what is wanted.
  var linkedMembers: [LinkKey: Set<ObjectID>] = [:]
  var linkedGroups: [LinkKey: Set<ObjectID>] = [:]
  var unsettledMembers: [LinkKey: Set<ObjectID>] = [:]
  var lastVersion: Int64 = 0

  /// Those whose gate is not open.
  var gatedLinks: [ConfigurationID: Set<ObjectID>] = [:]
  var gatedMembers: [ConfigurationID: Set<MemberKey>] = [:]
  var withdrawals: [WithdrawalKey: Withdrawal] = [:]

  var runs: [Int64: RunRecord] = [:]
  var log: [Int64: LogEntry] = [:]
  /// The id given last, under the key 0.
  var logSequence: [Int: Int64] = [:]
}

struct LinkKey: Hashable {
  let configuration: ConfigurationID
  let object: ObjectID

  init(_ configuration: ConfigurationID, _ object: ObjectID) {
    self.configuration = configuration
    self.object = object
  }
}

struct MemberKey: Hashable {
  let configuration: ConfigurationID
  let group: ObjectID
  let member: ObjectID

  init(_ configuration: ConfigurationID, _ group: ObjectID, _ member: ObjectID) {
    self.configuration = configuration
    self.group = group
    self.member = member
  }
}

struct WithdrawalKey: Hashable {
  let configuration: ConfigurationID
  let object: ObjectID
  let group: ObjectID?

  init(_ withdrawal: Withdrawal) {
    configuration = withdrawal.configuration
    object = withdrawal.object
    group = withdrawal.group
  }
}

/// What the store refuses to do; the text is for whoever reads a failed test.
struct MemoryStoreError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
