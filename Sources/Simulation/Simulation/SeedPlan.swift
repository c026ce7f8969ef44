package import Model

/// What the seed decides before anything happens.
package struct SeedPlan: Sendable {
  package var controllers: Int
  package var pageSize: Int
  package var hasRecycleBin: Bool
  package var setups: [Setup]
  package var initialObjects: Int
  package var sinkFaults: SinkFaults
  package var second: SecondDomain?

  /// Another domain of the same forest; most of its options are those of the first.
  package struct SecondDomain: Sendable {
    package let name: String
    package let controllers: Int
  }

  /// One configuration. The bases of its scope are chosen when the first objects are there.
  package struct Setup: Sendable {
    package var name: String
    package var mode: Mode
    package var kinds: Set<ResourceKind>
    package var leaving: LeavingPolicy
    package var deleteAfter: Duration?
    package var sendsNestedGroups: Bool
    package var hasExclusions: Bool
    package var batchSize: Int
    package var memberChunk: Int
    package var isMappingShort = false
    package var domain = 0
    /// The configuration of the first domain that has the same sink, and the same rule for leavers.
    package var partner: String?
  }

  package enum Mode: Sendable, Hashable {
    case all
    case groups(nested: Bool)
    case units
  }

  package init(drawing randomness: inout Randomness) {
    controllers = randomness.between(1, 3)
    pageSize = randomness.pick([3, 7, 20, 1000]) ?? 20
    hasRecycleBin = randomness.chance(70)
    initialObjects = randomness.between(10, 60)
    sinkFaults = SinkFaults(
      requestPercent: randomness.pick([0, 5, 15, 40]) ?? 0,
      openPercent: randomness.pick([0, 5]) ?? 0
    )
    setups = []
    for index in 0..<randomness.between(1, 2) {
      setups.append(Setup(named: "cloud-\(index + 1)", drawing: &randomness))
    }
  }

  /// A third of the seeds have a second domain. It is drawn apart, so that nothing else of the seed depends on it.
  package mutating func addSecondDomain(seed: UInt64) {
    var randomness = Randomness(seed: ~seed)
    guard randomness.below(3) == 0 else { return }
    second = SecondDomain(name: "sub.corp.example.test", controllers: randomness.between(1, 2))
    for (index, partner) in setups.enumerated() where index == 0 || randomness.chance(50) {
      var setup = Setup(named: "sub-\(index + 1)", drawing: &randomness)
      setup.domain = 1
      if randomness.chance(75) { setup.join(partner) }
      setups.append(setup)
    }
  }
}

extension SeedPlan.Setup {
  package init(named name: String, drawing randomness: inout Randomness) {
    self.name = name
    mode =
      switch randomness.below(6) {
      case 0: .all
      case 1, 2: .groups(nested: true)
      case 3: .groups(nested: false)
      default: .units
      }
    kinds = randomness.chance(50) ? [.user, .group] : [.user, .group, .organizationalUnit]
    if randomness.chance(10) { kinds = [.user] }
    leaving = randomness.pick([.disable, .disable, .delete, .keep]) ?? .disable
    deleteAfter = leaving == .disable && randomness.chance(50) ? .seconds(randomness.between(1, 10) * 86_400) : nil
    sendsNestedGroups = randomness.chance(50)
    hasExclusions = randomness.chance(40)
    batchSize = randomness.pick([1, 3, 10, 100]) ?? 10
    memberChunk = randomness.pick([1, 3, 100]) ?? 3
  }

  mutating func join(_ other: SeedPlan.Setup) {
    partner = other.name
    leaving = other.leaving
    deleteAfter = other.deleteAfter
  }
}

extension SeedPlan: CustomStringConvertible {
  package var description: String {
    "\(controllers) controllers, pages of \(pageSize), recycle bin \(hasRecycleBin), \(initialObjects) objects, sink faults \(sinkFaults.requestPercent) %; "
      + setups.map(\.description).joined(separator: "; ")
  }
}

extension SeedPlan.Setup: CustomStringConvertible {
  package var description: String {
    let kinds = kinds.map(\.rawValue).sorted().joined(separator: ", ")
    let days = deleteAfter.map { " and delete after \($0.milliseconds / 86_400_000) days" } ?? ""
    let sink = partner.map { " with \($0)" } ?? ""
    return
      "\(name)\(sink): \(mode) of \(kinds), \(leaving.rawValue)\(days), batches of \(batchSize), \(memberChunk) members"
  }
}
