import Model

/// Decides, within one transaction, which of the operations that withdraw something may leave. It sees all that is staged at
/// once: of what is too much nothing is sent, rather than as much as is allowed.
struct GuardReview {
  let store: any StoreWriter
  let limits: DeleteGuard
  let now: Timestamp
  private var configuration: ConfigurationRecord
  private var reasons: [String] = []

  init(_ store: any StoreWriter, _ configuration: ConfigurationRecord, limits: DeleteGuard, now: Timestamp) {
    self.store = store
    self.limits = limits
    self.now = now
    self.configuration = configuration
  }

  private var id: ConfigurationID { configuration.id }
  private var windowStart: Timestamp { now + (.zero - limits.window) }

  mutating func run() throws {
    let before = configuration
    if !limits.isOn {
      try openAll()
    } else {
      try expireApprovals()
      try store.forgetWithdrawals(id, before: windowStart)
      let hasNews = try reviewObjects()
      try followLeavers(amongHeld: hasNews)
      try reviewMembers()
    }
    if configuration.holdsAll != nil, try isEvaluated() { configuration.holdsAll = nil }
    try noteHold()
    if configuration != before { try store.update(configuration) }
  }

  /// What is still to be evaluated may withdraw something for the same reason.
  private func isEvaluated() throws -> Bool {
    try store.dirtyObjects(in: configuration.source, limit: 1).isEmpty
      && store.dirtyMembers(in: configuration.source, limit: 1).isEmpty
  }

  private mutating func noteHold() throws {
    let isHolding =
      try !store.links(id, behind: .held, after: nil, limit: 1).isEmpty
      || !store.memberLinks(id, behind: .held, after: nil, limit: 1).isEmpty
    if !isHolding {
      (configuration.holdReason, configuration.heldSince) = (nil, nil)
    } else if !reasons.isEmpty {
      configuration.holdReason = reasons.joined(separator: "; ")
      configuration.heldSince = now
    } else if configuration.holdReason == nil {
      configuration.holdReason = "a decision about it is needed again"
      configuration.heldSince = now
    }
  }

  private func openAll() throws {
    for gate in [Gate.staged, .held] {
      try store.moveLinks(of: id, behind: gate) { _ in .open }
      try store.moveMembers(of: id, behind: gate) { _ in .open }
    }
  }

  // MARK: Approvals

  private func expireApprovals() throws {
    try store.moveLinks(of: id, behind: .approved) { link in
      if link.state == .idle { return .open }
      return link.gateUntil.map { $0 <= now } == true ? .held : nil
    }
    try store.moveMembers(of: id, behind: .approved) { member in
      member.gateUntil.map { $0 <= now } == true ? .held : nil
    }
  }

  // MARK: Objects

  /// - Returns: whether there was anything to review.
  private mutating func reviewObjects() throws -> Bool {
    var kinds: [ResourceKind: Int] = [:]
    var homes: [ObjectID: Int] = [:]
    var outOfScope: [ResourceKind: Int] = [:]
    try store.forEachLink(of: id, behind: .staged) { link in
      kinds[link.kind, default: 0] += 1
      if let home = link.home { homes[home, default: 0] += 1 }
      if link.presence != .present { outOfScope[link.kind, default: 0] += 1 }
    }
    if kinds.isEmpty { return false }

    var heldKinds: [ResourceKind: Int] = [:]
    var heldHomes: [ObjectID: Int] = [:]
    try store.forEachLink(of: id, behind: .held) { link in
      heldKinds[link.kind, default: 0] += 1
      if let home = link.home { heldHomes[home, default: 0] += 1 }
      if link.presence != .present { outOfScope[link.kind, default: 0] += 1 }
    }
    let reason = configuration.holdsAll
    var refusedKinds: Set<ResourceKind> = []
    for (kind, staged) in kinds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if reason != nil {
        refusedKinds.insert(kind)
        continue
      }
      let affected =
        try staged + heldKinds[kind, default: 0] + store.withdrawalCount(id, of: kind, since: windowStart)
      let population = try store.provisionedCount(id, of: kind) + outOfScope[kind, default: 0]
      let limit = min(limits.count, limits.kind.limit(of: population))
      guard affected > limit else { continue }
      refusedKinds.insert(kind)
      reasons.append("\(affected) of \(population) \(kind.plural) within \(limits.window.words), limit \(limit)")
    }
    if let reason { reasons.append(reason) }
    let refusedHomes = try refusedContainers(homes, heldHomes)
    try store.moveLinks(of: id, behind: .staged) { link in
      if refusedKinds.contains(link.kind) || link.home.map(refusedHomes.contains) == true { return .held }
      try note(link.object, of: link.kind, home: link.home)
      return .open
    }
    return true
  }

  private mutating func refusedContainers(
    _ staged: [ObjectID: Int],
    _ held: [ObjectID: Int]
  ) throws -> Set<ObjectID> {
    var refused: Set<ObjectID> = []
    for (home, count) in staged.sorted(by: { $0.key < $1.key }) {
      let waiting = count + held[home, default: 0]
      let affected = try waiting + store.withdrawalCount(id, in: home, since: windowStart)
      let population = try store.provisionedCount(id, in: home) + waiting
      let limit = limits.container.limit(of: population)
      guard affected > limit else { continue }
      refused.insert(home)
      let name = try store.object(home)?.name ?? ""
      reasons.append("\(affected) of \(population) objects in \(name), limit \(limit)")
    }
    return refused
  }

  // MARK: Members

  /// Members and groups that leave are counted as such; their memberships go, or wait, with them.
  ///
  /// - Parameter amongHeld: also those that are held already; they may be many, and follow only what was reviewed now.
  private func followLeavers(amongHeld: Bool) throws {
    for gate in amongHeld ? [Gate.staged, .held] : [.staged] {
      try store.moveMembers(of: id, behind: gate) { member in
        try leaver(of: member).map { $0.isPassable ? .approved : $0 }
      }
    }
  }

  /// Only of removals that stand for themselves.
  private mutating func reviewMembers() throws {
    var groups: [ObjectID: Int] = [:]
    try store.forEachMember(of: id, behind: .staged) { groups[$0.group, default: 0] += 1 }
    if groups.isEmpty { return }
    var held: [ObjectID: Int] = [:]
    try store.forEachMember(of: id, behind: .held) { held[$0.group, default: 0] += 1 }
    var refused: Set<ObjectID> = []
    for (group, staged) in groups.sorted(by: { $0.key < $1.key }) {
      if configuration.holdsAll == nil, try !isTooMuch(staged + held[group, default: 0], from: group) { continue }
      refused.insert(group)
    }
    if let reason = configuration.holdsAll, !refused.isEmpty, !reasons.contains(reason) { reasons.append(reason) }
    try store.moveMembers(of: id, behind: .staged) { member in
      if refused.contains(member.group) { return .held }
      try note(member.member, of: .user, from: member.group)
      return .open
    }
  }

  private mutating func isTooMuch(_ waiting: Int, from group: ObjectID) throws -> Bool {
    let removed = try store.withdrawalCount(id, from: group, since: windowStart)
    let members = try store.memberCount(of: group, id) + removed
    let affected = waiting + removed
    guard members >= limits.members.minimum, affected * 100 > members * limits.members.percent else { return false }
    let name = try store.object(group)?.name ?? ""
    reasons.append("\(affected) of \(members) members of \(name), limit \(limits.members.percent) %")
    return true
  }

  /// The gate of the group or the member, whichever leaves; nil when none of them does.
  private func leaver(of member: MemberLink) throws -> Gate? {
    let leavers = try [member.group, member.member].compactMap { try store.link($0, id) }
      .filter { $0.withdrawn > .nothing }
    return leavers.map(\.gate).max { $0.rawValue < $1.rawValue }
  }

  // MARK: What was let through

  private func note(
    _ object: ObjectID,
    of kind: ResourceKind,
    from group: ObjectID? = nil,
    home: ObjectID? = nil
  ) throws {
    try store.note(Withdrawal(configuration: id, object: object, group: group, kind: kind, home: home, date: now))
  }
}

extension DeleteGuard.Share {
  func limit(of population: Int) -> Int {
    max(minimum, population * percent / 100)
  }
}

extension ResourceKind {
  var plural: String {
    switch self {
    case .user: "users"
    case .group: "groups"
    case .organizationalUnit: "organizational units"
    }
  }
}

extension Duration {
  /// In the largest unit that gives a whole number.
  var words: String {
    let seconds = milliseconds / 1000
    if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
    return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
  }
}
