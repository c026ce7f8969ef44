import Engine
import Model
import Oracle

/// One seed: what it draws, what happens, what came of it.
package struct SeededSimulation {
  package let seed: UInt64
  package let operations: Int
  private let options: SimulationOptions
  private var randomness: Randomness
  private let plan: SeedPlan
  let simulation: Simulation
  var population = Population()
  private var stopped: Set<Int> = []
  private var hasSnapshot: Set<Int> = []
  private var hasExpunged = false
  /// Written with a stamp at some time.
  private var memberships: Set<Evidence.Edge> = []
  private var bases: Set<GUID> = []

  package init(seed: UInt64, operations: Int, options: SimulationOptions = .init(), isTraced: Bool = false) {
    self.seed = seed
    self.operations = operations
    self.options = options
    randomness = Randomness(seed: seed)
    plan = SeedPlan(drawing: &randomness)
    let start = Timestamp(milliseconds: 1_800_000_000_000)
    let time = SimulatedTime(start: start)
    simulation = Simulation(options.makeForest(plan, start, seed), time: time, isTraced: isTraced)
  }

  /// Runs to the end, or to the first rest at which something is wrong.
  package mutating func run() async -> SimulationOutcome {
    simulation.note("seed \(seed): \(plan)")
    await populate()
    for setup in plan.setups { await add(setup) }
    await simulation.rest()
    var untilRest = randomness.between(50, 100)
    for _ in 0..<operations where simulation.violations.isEmpty && !simulation.isOver {
      guard let kind = randomness.pick(weighted: options.weights) else { break }
      await perform(kind)
      simulation.figures.operations += 1
      untilRest -= 1
      if untilRest == 0 {
        await rest()
        untilRest = randomness.between(50, 100)
      }
    }
    if simulation.violations.isEmpty && !simulation.isOver { await rest() }
    simulation.figures.seeds = 1
    simulation.figures.standstills = simulation.isOver ? 1 : 0
    simulation.figures.requests = simulation.requests
    simulation.figures.sinkFaults = simulation.clouds.reduce(0) { $0 + $1.sink.faults }
    await simulation.restart()
    return SimulationOutcome(
      seed: seed,
      figures: simulation.figures,
      violations: simulation.violations,
      trace: simulation.trace ?? []
    )
  }

  private mutating func rest() async {
    stopped = []
    // Older backups are not to be restored: what was forgotten meanwhile would come back.
    hasSnapshot = []
    hasExpunged = false
    await simulation.rest()
  }

  // MARK: Before it begins

  private mutating func populate() async {
    population.units.append(simulation.forest.root)
    while population.users.count + population.groups.count + population.units.count < plan.initialObjects {
      switch randomness.below(10) {
      case 0, 1: await createUnit(at: 0)
      case 2, 3: await createGroup(at: 0)
      default: await createUser(at: 0)
      }
    }
    if population.groups.isEmpty { await createGroup(at: 0) }
    for group in population.groups {
      for _ in 0..<randomness.below(8) {
        let member = randomness.chance(80) ? randomness.pick(population.users) : randomness.pick(population.groups)
        if let member, member != group { _ = await write(.addMember(member, to: group, lasting: nil), at: 0) }
      }
    }
    await simulation.forest.replicateAll()
  }

  private mutating func add(_ setup: SeedPlan.Setup) async {
    let state = await simulation.forest.state(at: 0)
    var included: [GUID] = []
    var mode = Scope.Mode.all
    switch setup.mode {
    case .all: break
    case .groups(let nested):
      included = some(of: population.groups, atMost: 3)
      mode = .groups(included.compactMap { state.name(of: $0) }, nested: nested)
    case .units:
      included = some(
        of: population.units.count > 1 ? Array(population.units.dropFirst()) : population.units,
        atMost: 2
      )
      mode = .organizationalUnits(included.compactMap { state.name(of: $0) })
    }
    var excluded: [GUID] = []
    if setup.hasExclusions {
      let candidates = population.groups + population.users + population.units.dropFirst()
      excluded = some(of: candidates.filter { !included.contains($0) }, atMost: 2)
    }
    let scope = Scope(mode: mode, excluded: excluded.compactMap { state.name(of: $0) }, kinds: setup.kinds)
    let configuration = Configuration(
      name: setup.name,
      domain: state.domain,
      isEnabled: true,
      interval: .seconds(120),
      scope: scope,
      mapping: .standard,
      onLeaveScope: setup.leaving,
      deleteAfter: setup.deleteAfter,
      sendsNestedGroups: setup.sendsNestedGroups
    )
    let roots = ScopeBases(included: Set(included), excluded: Set(excluded))
    bases.formUnion(included + excluded)
    let judge = Judge(scope, bases: roots)
    let capabilities = SinkCapabilities(
      kinds: Set(ResourceKind.allCases),
      batchSize: setup.batchSize,
      memberChunk: setup.memberChunk,
      canBeRead: true
    )
    let sink = SimulatedSink(capabilities, judge: judge, randomness: randomness.fork())
    sink.makeForeign(.user, [.userName: .string("somebody@elsewhere.test")])
    if let user = randomness.pick(population.users), let entry = state.objects[user],
      let name = entry.attributes["userprincipalname"]?.first
    {
      sink.makeForeign(.user, [.userName: .string(String(decoding: name, as: UTF8.self)), "title": .string("old")])
    }
    simulation.add(Cloud(configuration, bases: roots, sink: sink, judge: judge))
    simulation.note("\(setup.name): scope \(mode), included \(included), excluded \(excluded)")
  }

  private mutating func some(of guids: [GUID], atMost count: Int) -> [GUID] {
    var chosen: [GUID] = []
    for _ in 0..<randomness.between(1, count) {
      if let guid = randomness.pick(guids), !chosen.contains(guid) { chosen.append(guid) }
    }
    return chosen
  }

  // MARK: What happens

  @discardableResult
  private mutating func write(_ change: DirectoryWrite, at controller: Int) async -> GUID? {
    let guid = await simulation.forest.write(change, at: controller)
    simulation.note("  dc\(controller + 1): \(change)\(guid == nil ? " (refused)" : "")")
    if guid == nil { simulation.figures.refused += 1 }
    switch change {
    case .addMember(let member, let group, _): memberships.insert(.init(group: group, member: member))
    case .setPrimaryGroup(let user, _):
      for group in population.groups { memberships.insert(.init(group: group, member: user)) }
    default: break
    }
    return guid
  }

  private mutating func createUser(at controller: Int) async {
    let (name, attributes) = population.person(&randomness)
    guard let parent = randomness.pick(population.units) else { return }
    if let guid = await write(.create(.user, name: name, in: parent, attributes: attributes), at: controller) {
      population.users.append(guid)
    }
  }

  private mutating func createGroup(at controller: Int) async {
    let number = population.nextNumber()
    guard let parent = randomness.pick(population.units) else { return }
    let attributes: [AttributeName: String] = ["sAMAccountName": "g\(number)", "groupType": "-2147483646"]
    if let guid = await write(
      .create(.group, name: "Group \(number)", in: parent, attributes: attributes),
      at: controller
    ) {
      population.groups.append(guid)
    }
  }

  private mutating func createUnit(at controller: Int) async {
    let number = population.nextNumber()
    guard let parent = randomness.pick(population.units) else { return }
    if let guid = await write(
      .create(.organizationalUnit, name: "Unit \(number)", in: parent, attributes: [:]),
      at: controller
    ) {
      population.units.append(guid)
    }
  }

  private mutating func perform(_ kind: OperationKind) async {
    simulation.note("\(kind.rawValue)")
    let forest = simulation.forest
    let controller = randomness.pick(forest.controllers) ?? 0
    let user = randomness.pick(population.users)
    let group = randomness.pick(population.groups)
    let unit = randomness.pick(Array(population.units.dropFirst()))
    let number = population.nextNumber()
    switch kind {
    case .createUser: await createUser(at: controller)
    case .createGroup: await createGroup(at: controller)
    case .createUnit: await createUnit(at: controller)
    case .modify:
      guard let user, let name = randomness.pick(Population.texts) else { return }
      if randomness.chance(10) {
        await write(.set(user, "userPrincipalName", "u\(number)@corp.example.test"), at: controller)
      } else {
        await write(.set(user, name, population.value(&randomness)), at: controller)
      }
    case .clear:
      guard let user, let name = randomness.pick(Population.texts + ["userPrincipalName"]) else { return }
      await write(.set(user, name, nil), at: controller)
    case .rename:
      if randomness.chance(70) {
        if let user { await write(.rename(user, "User \(number)"), at: controller) }
      } else if let group {
        await write(.rename(group, "Group \(number)"), at: controller)
      }
    case .move:
      guard let object = randomness.chance(80) ? user : group, let parent = randomness.pick(population.units) else {
        return
      }
      await write(.move(object, to: parent), at: controller)
    case .renameUnit: if let unit { await write(.rename(unit, "Unit \(number)"), at: controller) }
    case .moveUnit:
      guard let unit, let parent = randomness.pick(population.units) else { return }
      await write(.move(unit, to: parent), at: controller)
    case .deleteTree:
      guard let unit, mayGo(unit) else { return }
      if await write(.deleteTree(unit), at: controller) != nil { population.deleted.append(unit) }
    case .addMember:
      if let user, let group { await write(.addMember(user, to: group, lasting: nil), at: controller) }
    case .timedMember:
      guard let user, let group else { return }
      // A standing membership that is given an end, which passes before anybody reads it, ends without a word.
      simulation.require(.seconds(25 * 3600))
      let lifetime = Duration.seconds(randomness.between(60, 20_000))
      await write(.addMember(user, to: group, lasting: lifetime), at: controller)
    case .legacyMember:
      // A value that once had a stamp of its own never becomes a legacy one.
      guard let user, let group, !memberships.contains(.init(group: group, member: user)) else { return }
      await write(.addLegacyMember(user, to: group), at: controller)
    case .nestGroup:
      guard let group, let inner = randomness.pick(population.groups), inner != group else { return }
      await write(.addMember(inner, to: group, lasting: nil), at: controller)
    case .removeMember: await removeSomeMember(of: group, at: controller)
    case .delete:
      guard let object = randomness.chance(80) ? user : group, mayGo(object) else { return }
      if await write(.delete(object), at: controller) != nil { population.deleted.append(object) }
    case .restore:
      if let object = randomness.pick(population.deleted) { await write(.restore(object), at: controller) }
    case .primaryGroup: if let user, let group { await write(.setPrimaryGroup(user, group), at: controller) }
    case .toggleAccount:
      guard let user else { return }
      await write(.set(user, "userAccountControl", randomness.chance(50) ? "514" : "512"), at: controller)
    case .expireAccount: if let user { await expire(user, at: controller) }
    case .swapNames: await swapNames(at: controller)
    case .expunge:
      guard let user, !hasExpunged, mayGo(user), await write(.expunge(user), at: controller) != nil else { return }
      hasExpunged = true
      simulation.require(.seconds(25 * 3600))
    case .hide:
      if let hidden = population.hidden.popLast() {
        await write(.show(hidden), at: controller)
      } else if let user, await write(.hide(user), at: controller) != nil {
        population.hidden.append(user)
      }
      simulation.require(.seconds(25 * 3600))
      simulation.voidEvidence()
    default: await performAround(kind, controller)
    }
  }

  private mutating func removeSomeMember(of group: GUID?, at controller: Int) async {
    guard let group else { return }
    let state = await simulation.forest.state(at: controller)
    guard let member = randomness.pick((state.objects[group]?.members ?? []).sorted()) else { return }
    await write(.removeMember(member, from: group), at: controller)
  }

  private mutating func expire(_ user: GUID, at controller: Int) async {
    let date = simulation.time.now().milliseconds + Int64(randomness.between(-100_000, 20_000)) * 1000
    let fileTime = (date + 11_644_473_600_000) * 10_000
    let value = randomness.chance(30) ? "\(Int64.max)" : "\(fileTime)"
    await write(.set(user, "accountExpires", value), at: controller)
  }

  /// Two accounts exchange their names, one after the other.
  private mutating func swapNames(at controller: Int) async {
    let state = await simulation.forest.state(at: controller)
    guard let first = randomness.pick(population.users), let second = randomness.pick(population.users),
      first != second
    else { return }
    let names = [first, second].map { state.objects[$0]?.attributes["userprincipalname"]?.first }
    guard let one = names[0], let other = names[1] else { return }
    await write(.set(first, "userPrincipalName", nil), at: controller)
    await write(.set(second, "userPrincipalName", String(decoding: one, as: UTF8.self)), at: controller)
    await write(.set(first, "userPrincipalName", String(decoding: other, as: UTF8.self)), at: controller)
  }

  /// What a scope is built on goes seldom: from then on its configuration stands still.
  private mutating func mayGo(_ guid: GUID) -> Bool { !bases.contains(guid) || randomness.chance(5) }

  private mutating func performAround(_ kind: OperationKind, _ controller: Int) async {
    let forest = simulation.forest
    switch kind {
    case .run: await simulation.run()
    case .kill:
      simulation.life.die(at: randomness.between(1, 60))
      await simulation.run()
    case .replicate:
      guard let target = randomness.pick(forest.controllers), target != controller else { return }
      await forest.replicate(from: controller, to: target)
    case .stopController:
      guard !stopped.contains(controller) else { return }
      stopped.insert(controller)
      simulation.figures.stops += 1
      await forest.stop(controller)
      // Whoever takes over is read in full an hour later.
      simulation.require(.seconds(3700))
    case .startController:
      guard let controller = stopped.min() else { return }
      stopped.remove(controller)
      await forest.start(controller)
    case .snapshot:
      hasSnapshot.insert(controller)
      await forest.takeSnapshot(of: controller)
    case .rollBack, .restoreController:
      guard hasSnapshot.contains(controller) else { return }
      // The others would take what it writes from then on for known already; AD stops its replication for that.
      if kind == .rollBack && forest.controllers.count > 1 { return }
      await forest.goBack(controller, isRestore: kind == .restoreController)
      // Once new writes have overtaken the numbers of before, a rollback cannot be told any more.
      simulation.require(.seconds(25 * 3600))
    case .directoryFault:
      simulation.figures.directoryFaults += 1
      let faults: [DirectoryFault] = [.dropAfter(randomness.below(8)), .rejectCookies, .repeats]
      guard let fault = randomness.pick(faults) else { return }
      simulation.note("  \(fault)")
      await forest.inject(fault, at: controller)
      if randomness.chance(50) {
        await simulation.run()
        await forest.endFaults()
      }
    case .sinkFaults:
      let isOn = randomness.chance(75)
      for cloud in simulation.clouds { cloud.sink.use(isOn ? plan.sinkFaults : .none) }
    case .sinkLoss:
      guard let cloud = randomness.pick(simulation.clouds), let lost = cloud.sink.lose(randomness.below(1000)) else {
        return
      }
      simulation.note("  lost \(lost.remoteID)")
      simulation.voidEvidence()
    case .advance: await simulation.advance(by: .seconds(randomness.between(1, 7200)))
    case .leapDays: await simulation.advance(by: .seconds(86_400 * randomness.between(1, 5)))
    default: break
    }
  }
}
