import Engine
import Model
import Oracle

/// One seed: what it draws, what happens, what came of it.
package struct SeededSimulation {
  package let seed: UInt64
  package let operations: Int
  private let options: SimulationOptions
  var randomness: Randomness
  let plan: SeedPlan
  let simulation: Simulation
  /// By the number of the domain.
  var populations: [Population]
  var stopped: Set<Int> = []
  var hasSnapshot: Set<Int> = []
  var hasExpunged = false
  /// Some memberships will end by themselves.
  var hasTimed = false
  /// Went to another domain since the last rest.
  var wentAcross: Set<GUID> = []
  /// Written with a stamp at some time.
  var memberships: Set<Evidence.Edge> = []
  var bases: Set<GUID> = []

  package init(seed: UInt64, operations: Int, options: SimulationOptions = .init(), isTraced: Bool = false) {
    self.seed = seed
    self.operations = operations
    self.options = options
    randomness = Randomness(seed: seed)
    var plan = SeedPlan(drawing: &randomness)
    if !options.without.contains(.moveAcross) { plan.addSecondDomain(seed: seed) }
    self.plan = plan
    populations = [Population()]
    if plan.second != nil { populations.append(Population(countingFrom: 1_000_000)) }
    let start = Timestamp(milliseconds: 1_800_000_000_000)
    let time = SimulatedTime(start: start)
    simulation = Simulation(options.makeForest(plan, start, seed), time: time, isTraced: isTraced)
  }

  /// Runs to the end, or to the first rest at which something is wrong.
  package mutating func run() async -> SimulationOutcome {
    simulation.note("seed \(seed): \(plan)")
    for domain in populations.indices { await populate(domain) }
    await linkDomains()
    for setup in plan.setups { await add(setup) }
    await simulation.rest()
    var untilRest = randomness.between(50, 100)
    for _ in 0..<operations where simulation.violations.isEmpty && !simulation.isOver {
      guard let kind = randomness.pick(weighted: options.weights(hasTwoDomains: plan.second != nil)) else { break }
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
    hasTimed = false
    wentAcross = []
    await simulation.rest()
  }

  // MARK: Before it begins

  private mutating func populate(_ domain: Int) async {
    guard let controller = simulation.forest.controllers(of: domain).first else { return }
    populations[domain].units.append(simulation.forest.root(of: domain))
    while populations[domain].count < plan.initialObjects {
      switch randomness.below(10) {
      case 0, 1: await createUnit(at: controller)
      case 2, 3: await createGroup(at: controller)
      default: await createUser(at: controller)
      }
    }
    let population = populations[domain]
    if population.groups.isEmpty { await createGroup(at: controller) }
    for group in populations[domain].groups {
      for _ in 0..<randomness.below(8) {
        let member = randomness.chance(80) ? randomness.pick(population.users) : randomness.pick(population.groups)
        if let member, member != group { _ = await write(.addMember(member, to: group, lasting: nil), at: controller) }
      }
    }
    await simulation.forest.replicateAll()
  }
}
