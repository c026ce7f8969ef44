import Engine
import Model

/// A random change of a small store, with ids that often, but not always, exist.
struct StoreChange {
  private let choice: Int
  private let numbers: [Int]

  init(_ random: inout SplitMix64) {
    choice = random.below(30)
    numbers = (0..<12).map { _ in random.below(StoreObservation.reach) }
  }

  private var object: ObjectID { ObjectID(Int64(numbers[0])) }
  private var second: ObjectID { ObjectID(Int64(numbers[1])) }
  private var guid: GUID { .numbered(numbers[2]) }
  private var source: SourceID { SourceID(Int64(1 + numbers[3] % 2)) }
  private var configuration: ConfigurationID { ConfigurationID(Int64(1 + numbers[4] % 2)) }
  private var time: Timestamp { .at(Int64(numbers[5])) }
  private func flag(_ index: Int) -> Bool { numbers[index] % 2 == 0 }

  func apply(to store: any StoreWriter) throws -> Any {
    switch choice {
    case 0: try store.registerSource(domain: flag(6) ? "a.example" : "b.example")
    case 1: try store.registerConfiguration(named: flag(6) ? "a" : "b", source: numbers[7] < 2 ? source : SourceID(1))
    case 2, 3: try store.insertObject(guid, in: source, generation: Int64(numbers[6] % 4))
    case 4, 5, 6: try store.object(object).map { try store.update(changed($0)) } as Any
    case 7, 8: try store.insertEdge(object, guid, expires: flag(6) ? time : nil)
    case 9: try store.removeEdge(object, guid)
    case 10: try store.removeEdges(to: guid)
    case 11: try store.markDirty(object, flag(6) ? configuration : nil)
    case 12: try store.markAllDirty(in: source, configuration)
    case 13: try store.markMemberDirty(object, guid)
    case 14: try store.clearDirty(try store.dirtyObjects(in: source, limit: 4))
    case 15: try store.clearDirty(try store.dirtyMembers(in: source, limit: 2))
    case 16: flag(6) ? try store.setTimer(object, at: time) : try store.clearTimers([object])
    case 17, 18, 19: try saveLink(store)
    case 20: try store.removeLink(object, configuration)
    case 21, 22: try saveMembers(store)
    case 23: try store.configuration(named: flag(6) ? "a" : "b").map { try store.update(changed($0)) } as Any
    case 25: try noteWithdrawal(store)
    case 26: try store.forgetWithdrawals(configuration, before: time)
    case 24: try store.object(object).map { try store.update(moved($0)) } as Any
    case 27, 28: try changeLog(store)
    default: try changeMembers(store)
    }
  }

  private func changed(_ object: ObjectRecord) -> ObjectRecord {
    var object = object
    object.parent = flag(6) ? second : nil
    object.name = "n\(numbers[7])"
    object.objectClass = ObjectClass(rawValue: numbers[8] % 7)
    object.sid = flag(9) ? .numbered(UInt8(numbers[7] % 4)) : nil
    object.primaryGroupRID = flag(10) ? UInt32(numbers[7] % 4) : nil
    object.isLive = numbers[11] % 4 != 0
    object.isSuspect = numbers[11] % 5 == 0
    object.generation = Int64(numbers[9] % 5)
    return object
  }

  private func moved(_ object: ObjectRecord) -> ObjectRecord {
    var object = object
    object.source = source
    object.claimant = flag(6) ? SourceID(Int64(1 + numbers[7] % 3)) : nil
    object.missingSince = flag(8) ? time : nil
    return object
  }

  private func changed(_ configuration: ConfigurationRecord) -> ConfigurationRecord {
    var configuration = configuration
    configuration.sink = flag(7) ? "sink" : nil
    configuration.lastFingerprint = flag(8) ? "f" : nil
    configuration.holdsAll = flag(9) ? "reason" : nil
    configuration.holdReason = flag(10) ? "reason" : nil
    configuration.heldSince = flag(11) ? time : nil
    return configuration
  }

  private func saveLink(_ store: any StoreWriter) throws {
    guard let guid = try store.object(object)?.guid else { return }
    let kind = ResourceKind.allCases[numbers[6] % 3]
    var link = LinkRecord(object: object, configuration: configuration, guid: guid, kind: kind)
    link.remoteID = numbers[7] % 4 == 0 ? nil : "r\(numbers[7])"
    link.confirmed = numbers[8] % 4 == 0 ? nil : .sample(guid, kind)
    link.desired = flag(9) ? .sample(guid, kind, name: "\(numbers[9])") : nil
    link.state = LinkRecord.State(rawValue: numbers[10] % 4) ?? .idle
    link.phase = ExportPhase(rawValue: numbers[10] % 7) ?? .users
    link.presence = LinkRecord.Presence(rawValue: 1 + numbers[11] % 4) ?? .present
    link.notBefore = flag(11) ? time : nil
    link.membersNotBefore = flag(10) ? time : nil
    link.gate = Gate(rawValue: numbers[7] % 5) ?? .open
    link.gateUntil = flag(8) ? time : nil
    if try store.object(second) != nil { link.home = second }
    try store.save(link)
  }

  private func saveMembers(_ store: any StoreWriter) throws {
    for member in numbers[6...].map({ ObjectID(Int64($0)) }) where try store.object(member) != nil {
      var link = MemberLink(
        group: object,
        configuration: configuration,
        member: member,
        isDesired: flag(6),
        isConfirmed: numbers[7] % 3 == 0 ? nil : flag(8),
        version: try store.nextVersion()
      )
      link.notBefore = flag(9) ? time : nil
      link.gate = Gate(rawValue: numbers[10] % 5) ?? .open
      link.gateUntil = flag(11) ? time : nil
      try store.save(link)
    }
  }

  private func noteWithdrawal(_ store: any StoreWriter) throws {
    guard try store.object(object) != nil else { return }
    try store.note(
      Withdrawal(
        configuration: configuration,
        object: object,
        group: flag(6) ? second : nil,
        kind: ResourceKind.allCases[numbers[7] % 3],
        home: flag(8) ? second : nil,
        date: time
      )
    )
  }

  private func changeMembers(_ store: any StoreWriter) throws {
    switch numbers[6] % 3 {
    case 0: try store.removeMemberLink(object, configuration, second)
    case 1: try store.removeMemberLinks(involving: object, configuration)
    default:
      var run = try store.beginRun(configuration, reason: .restart, at: time)
      run.counts.failed = numbers[7]
      try store.update(run)
    }
  }

  private func changeLog(_ store: any StoreWriter) throws -> Int {
    if numbers[6] % 4 == 0 {
      return try store.pruneLog(of: configuration, before: time, keeping: numbers[7], limit: 1 + numbers[8])
    }
    for number in numbers[7...] {
      try store.append(.sample(configuration, .numbered(number % 6), number: number, run: Int64(number % 4), at: time))
    }
    return 0
  }
}
