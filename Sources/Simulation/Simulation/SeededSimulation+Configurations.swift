import Engine
import Model
import Oracle

/// What the administrator has set up, and changes.
extension SeededSimulation {
  mutating func add(_ setup: SeedPlan.Setup) async {
    guard let controller = simulation.forest.controllers(of: setup.domain).first else { return }
    let state = await simulation.forest.state(at: controller)
    let (configuration, bases) = draw(setup, state)
    if let partner = simulation.clouds.first(where: { $0.configuration.name == setup.partner }) {
      partner.judge.use(configuration, bases: bases)
      simulation.add(
        Cloud(
          configuration,
          bases: bases,
          sink: partner.sink,
          judge: partner.judge,
          domain: setup.domain,
          partner: partner
        )
      )
      simulation.note("\(setup.name): scope \(configuration.scope.mode), \(Self.shown(bases))")
      return
    }
    let judge = Judge(configuration, bases: bases)
    let capabilities = SinkCapabilities(
      kinds: Set(ResourceKind.allCases),
      batchSize: setup.batchSize,
      memberChunk: setup.memberChunk,
      canBeRead: true
    )
    let sink = SimulatedSink(capabilities, judge: judge, randomness: randomness.fork())
    sink.makeForeign(.user, [.userName: .string("somebody@elsewhere.test")])
    if let user = randomness.pick(populations[setup.domain].users), let entry = state.objects[user],
      let name = entry.attributes["userprincipalname"]?.first
    {
      sink.makeForeign(.user, [.userName: .string(String(decoding: name, as: UTF8.self)), "title": .string("old")])
    }
    simulation.add(Cloud(configuration, bases: bases, sink: sink, judge: judge, domain: setup.domain))
    simulation.note("\(setup.name): scope \(configuration.scope.mode), \(Self.shown(bases))")
  }

  /// Another scope, other kinds, another rule for leavers.
  ///
  /// A DN means what it names when it is first read. So that it is known what that was, the change counts only if it is
  /// read at once; else it is taken back.
  mutating func changeConfiguration(at controller: Int) async {
    let state = await simulation.forest.state(at: controller)
    let domain = simulation.forest.domain(of: controller)
    guard let cloud = randomness.pick(simulation.clouds.filter { $0.domain == domain }), !cloud.lacksBase(of: state)
    else { return }
    var setup = SeedPlan.Setup(named: cloud.configuration.name, drawing: &randomness)
    setup.domain = domain
    if cloud.hasPartner {
      setup.leaving = cloud.configuration.onLeaveScope
      setup.deleteAfter = cloud.configuration.deleteAfter
    }
    setup.isMappingShort = randomness.chance(30)
    let (configuration, bases) = draw(setup, state)
    simulation.note("  \(setup): scope \(configuration.scope.mode), \(Self.shown(bases))")
    let isTaken = await simulation.change(cloud, to: configuration, bases: bases)
    simulation.note(isTaken ? "  taken" : "  taken back")
  }

  private mutating func draw(_ setup: SeedPlan.Setup, _ state: DirectoryState) -> (Configuration, ScopeBases) {
    let population = populations[setup.domain]
    func living(_ guids: [GUID]) -> [GUID] { guids.filter { state.objects[$0]?.isDeleted == false } }
    var included: [GUID] = []
    var mode = Scope.Mode.all
    switch setup.mode {
    case .all: break
    case .groups(let nested):
      included = some(of: living(population.groups), atMost: 3)
      mode = .groups(included.compactMap { state.name(of: $0) }, nested: nested)
    case .units:
      let units = living(population.units)
      included = some(of: units.count > 1 ? Array(units.dropFirst()) : units, atMost: 2)
      mode = .organizationalUnits(included.compactMap { state.name(of: $0) })
    }
    var excluded: [GUID] = []
    if setup.hasExclusions {
      let candidates = living(population.groups + population.users + population.units.dropFirst())
      excluded = some(of: candidates.filter { !included.contains($0) }, atMost: 2)
    }
    bases.formUnion(included + excluded)
    let configuration = Configuration(
      name: setup.name,
      domain: state.domain,
      isEnabled: true,
      interval: .seconds(120),
      scope: Scope(mode: mode, excluded: excluded.compactMap { state.name(of: $0) }, kinds: setup.kinds),
      mapping: setup.isMappingShort ? .short : .standard,
      onLeaveScope: setup.leaving,
      deleteAfter: setup.deleteAfter,
      sendsNestedGroups: setup.sendsNestedGroups,
      deleteGuard: .off
    )
    return (configuration, ScopeBases(included: Set(included), excluded: Set(excluded)))
  }

  private static func shown(_ bases: ScopeBases) -> String {
    "included \(bases.included.sorted()), excluded \(bases.excluded.sorted())"
  }

  private mutating func some(of guids: [GUID], atMost count: Int) -> [GUID] {
    var chosen: [GUID] = []
    for _ in 0..<randomness.between(1, count) {
      if let guid = randomness.pick(guids), !chosen.contains(guid) { chosen.append(guid) }
    }
    return chosen
  }
}

extension Mapping {
  /// Without some of the attributes that are mapped otherwise.
  fileprivate static let short: Mapping = {
    let left: Set<TargetPath> = [.userName, .displayName, .active, "title", "parent"]
    return Mapping(rules: standard.rules.mapValues { rules in rules.filter { left.contains($0.target) } })
  }()
}
