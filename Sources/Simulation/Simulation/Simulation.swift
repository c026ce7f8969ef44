import ADSimulator
import Engine
import Logging
import Model
import Oracle
import TestSupport

/// One seed: a directory, a cloud, and between them an engine that is killed, cut off and lied to.
package final class Simulation {
  package struct Figures: Sendable {
    package var operations = 0
    package var runs = 0
    package var faults = 0
    package var kills = 0
    package var checks = 0
    /// Checks that found a difference of which no change had told, and the next full read did.
    package var healedByFullRead = 0
    package var requests = 0
    package var failures: [String] = []

    package init() {}
  }

  let plan: SimulationPlan
  let domain: SimulatedDomain
  let directory: SimulatedDirectory
  let store = MemoryStore()
  let sink: SimulatedSink
  let time: SimulatedTime
  let configuration: Configuration
  let roots: [GUID]
  let excluded: [GUID]
  var random: SeededGenerator
  var population: Population
  var judge: Judge
  var figures = Figures()
  /// The bases of the scope were found by their DNs, and are known by their objectGUIDs from then on.
  var isBound = false
  package private(set) var trace: [String] = []

  package init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    plan = SimulationPlan(&random)
    domain = SimulatedDomain(plan.options, domainSID: .domain, at: Timestamp(milliseconds: 1_800_000_000_000))
    directory = SimulatedDirectory(domain)
    time = SimulatedTime(domain)
    sink = SimulatedSink(
      kinds: plan.kinds,
      seed: random.next(),
      batchSize: plan.batchSize,
      memberChunk: plan.memberChunk
    )
    population = try Population(domain, &random)
    (roots, excluded) = Self.scope(plan, population, &random)
    configuration = try Self.configuration(plan, domain, roots, excluded)
    judge = Judge([:], undecided: [])
    domain.replicateAll()
  }

  package func run(operations: Int) async throws -> Figures {
    var untilCheck = 20 + random.below(100)
    for _ in 0..<operations {
      figures.operations += 1
      step()
      if random.chance(15) { await runDangerously() }
      untilCheck -= 1
      if untilCheck == 0 {
        try await settle()
        untilCheck = 20 + random.below(100)
      }
      if !figures.failures.isEmpty { break }
    }
    if figures.failures.isEmpty { try await settle() }
    figures.faults += sink.faultCount
    figures.requests = sink.requests
    return figures
  }

  func note(_ line: @autoclosure () -> String) {
    trace.append(line())
  }

  // MARK: The engine

  /// A run of the engine that may be its last.
  private func runDangerously() async {
    let isKilled = random.chance(25)
    let killSwitch =
      isKilled ? KillSwitch(at: 1 + random.below(40), random.chance(50) ? .before : .after) : KillSwitch()
    await runOnce(isFaulty: true, until: killSwitch)
  }

  func runOnce(isFaulty: Bool, until killSwitch: KillSwitch = KillSwitch()) async {
    figures.runs += 1
    if isFaulty { injectDirectoryFault() }
    judge.sees(oracle(on: domain.liveState(at: directory.controllerInUse)).expected())
    if domain.controllers.count > 1 {
      judge.sees(oracle(on: domain.stateKnown(afterReading: directory.controllerInUse)).expected())
    }
    sink.use(killSwitch, isFaulty ? .init(perMille: plan.faultPerMille) : .init(), judge)
    do {
      let store = MortalStore(store, killSwitch)
      let pipeline = DomainPipeline(
        domain: configuration.domain,
        directory: directory,
        store: store,
        time: time,
        logger: .silent
      )
      await pipeline.use([configuration])
      let report = try await pipeline.refresh()
      if let problem = report.problems[configuration.name] {
        note("left out: \(problem)")
      } else {
        isBound = true
      }
      if let record = try await store.read({ [name = configuration.name] in try $0.configuration(named: name) }) {
        let exporter = Exporter(configuration: record.id, sink: sink, store: store, time: time, logger: .silent)
        let report = try await exporter.export(until: time.now() + .seconds(36_000))
        note("run: \(report.counts)\(report.unavailable.map { " unavailable: \($0)" } ?? "")")
      }
    } catch {
      note("run ended: \(error)")
    }
    if killSwitch.isDead { figures.kills += 1 }
    for problem in sink.misuse where !figures.failures.contains(problem) { figures.failures.append(problem) }
  }

  private func injectDirectoryFault() {
    var faults = SimulatedDirectory.Faults()
    switch random.below(20) {
    case 0: faults.breakAfter = random.below(10)
    case 1: faults.refusesCookie = true
    case 2: faults.repeats = true
    default: return
    }
    figures.faults += 1
    directory.inject(faults)
  }
}

extension Logger {
  static var silent: Logger { Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() } }
}
