import Engine
import Logging
import Model
import Oracle
import TestSupport

/// A domain, an agent and its sinks in one thread of time; everything that happens follows from the seed.
package final class Simulation {
  let forest: any Forest
  let time: SimulatedTime
  let store = MemoryStore()
  let life = Mortality()
  package private(set) var clouds: [Cloud] = []
  package var figures = Figures()
  package var violations: [Violation] = []
  /// Nil unless somebody reads it.
  package private(set) var trace: [String]?

  private var pipeline: DomainPipeline?
  private var evidence = Evidence()
  private var observed: [Int: Int] = [:]
  private var observedAt: Timestamp?
  private(set) var lastRest: Timestamp
  /// The agent stands still on purpose, and only people could go on.
  private(set) var isOver = false
  /// How far the clock must go at least until the engine finds out what the directory does not report.
  private var delayToRest: Duration = .zero

  package init(_ forest: any Forest, time: SimulatedTime, isTraced: Bool = false) {
    self.forest = forest
    self.time = time
    lastRest = time.now()
    trace = isTraced ? [] : nil
  }

  package func add(_ cloud: Cloud) {
    if trace != nil { cloud.sink.keepTrace() }
    clouds.append(cloud)
  }

  package func note(_ line: @autoclosure () -> String) {
    if trace != nil { trace?.append(line()) }
  }

  func require(_ delay: Duration) { delayToRest = max(delayToRest, delay) }
  func voidEvidence() { evidence.isVoid = true }

  package func advance(by duration: Duration) async {
    time.advance(by: duration)
    await forest.advance(by: duration)
  }

  // MARK: The agent

  struct RunResult {
    var requests = 0
    var error: (any Error)?
    var isPaused = false
    var isComplete = false
  }

  private func livingPipeline() async -> DomainPipeline {
    if let pipeline { return pipeline }
    let pipeline = DomainPipeline(
      domain: "corp.example.test",
      directory: await forest.connect(),
      store: MortalStore(store, life),
      time: time,
      logger: Self.silence
    )
    await pipeline.use(clouds.map(\.configuration))
    self.pipeline = pipeline
    return pipeline
  }

  private static let silence = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

  /// One run of all configurations; a death within it leaves nothing in memory.
  @discardableResult
  func run() async -> RunResult {
    figures.runs += 1
    await observe()
    let (before, began) = (requests, time.now())
    var result = RunResult()
    do {
      let pipeline = await livingPipeline()
      let report = try await pipeline.refresh()
      await checkBases(report)
      for cloud in clouds {
        if let problem = report.problems[cloud.configuration.name] {
          note("    \(cloud.configuration.name): \(problem)")
        } else {
          try await export(cloud, &result)
        }
      }
      result.isComplete = true
    } catch {
      result.error = error
      note("    run ended: \(error)")
    }
    if life.isDead { await bury() }
    // Time has passed where a sink asked for a pause.
    await forest.advance(by: time.now() - began)
    result.requests = requests - before
    collect()
    return result
  }

  private func export(_ cloud: Cloud, _ result: inout RunResult) async throws {
    if let until = cloud.pausedUntil, time.now() < until {
      result.isPaused = true
      return
    }
    cloud.pausedUntil = nil
    let name = cloud.configuration.name
    guard let record = try await store.read({ try $0.configuration(named: name) }) else { return }
    let exporter = Exporter(
      configuration: record.id,
      sink: MortalSink(cloud.sink, life),
      store: MortalStore(store, life),
      time: time,
      logger: Self.silence
    )
    let report = try await exporter.export(until: time.now() + .seconds(3600))
    cloud.pausedUntil = report.pausedUntil
    result.isPaused = result.isPaused || report.pausedUntil != nil || report.unavailable != nil || report.hasMore
  }

  /// What was in memory is lost.
  private func bury() async {
    figures.kills += 1
    note("    killed")
    await pipeline?.shutDown()
    pipeline = nil
    for cloud in clouds { cloud.pausedUntil = nil }
    life.die(at: nil)
  }

  /// A new process without a death: as after an orderly restart.
  package func restart() async {
    await pipeline?.shutDown()
    pipeline = nil
  }

  private var effects: Int { clouds.reduce(0) { $0 + $1.sink.effects } }
  package var requests: Int { clouds.reduce(0) { $0 + $1.sink.requests } }

  // MARK: Watching

  private func observe() async {
    let now = time.now()
    for controller in forest.controllers {
      let revision = await forest.revision(at: controller)
      if observed[controller] == revision && observedAt == now { continue }
      observed[controller] = revision
      let state = await forest.state(at: controller)
      evidence.observe(state, at: controller)
      for cloud in clouds { cloud.noteReturns(state) }
    }
    observedAt = now
    for cloud in clouds { cloud.judge.learn(evidence) }
  }

  /// A base that is gone at every domain controller must stop its configuration.
  private func checkBases(_ report: RefreshReport) async {
    // It may be gone without a word that a run could have heard.
    guard delayToRest == .zero else { return }
    for cloud in clouds where report.problems[cloud.configuration.name] == nil && !cloud.bases.isEmpty {
      var isGoneEverywhere = true
      for controller in forest.controllers where await !cloud.lacksBase(in: forest.state(at: controller)) {
        isGoneEverywhere = false
      }
      if isGoneEverywhere {
        add(Violation(kind: .changeWithoutBase, detail: "\(cloud.configuration.name) goes on without its base"))
      }
    }
  }

  private func collect() {
    for cloud in clouds {
      trace?.append(contentsOf: cloud.sink.takeTrace())
      for violation in cloud.sink.takeViolations() { add(violation) }
    }
  }

  func add(_ violation: Violation) {
    note("!! \(violation)")
    violations.append(violation)
    figures.violations[violation.kind, default: 0] += 1
  }

  // MARK: Rest

  /// Ends all trouble, lets everything settle and compares.
  package func rest() async {
    figures.rests += 1
    note("rest")
    for cloud in clouds { cloud.sink.use(.none) }
    await forest.endFaults()
    for controller in forest.controllers { await forest.start(controller) }
    life.die(at: nil)
    await forest.replicateAll()
    await settle()
    if delayToRest > .zero, !isOver {
      await advance(by: delayToRest)
      delayToRest = .zero
      await settle()
    }
    await compare()
  }

  private static let waits: [Duration] = [
    .seconds(1), .seconds(60), .seconds(1000), .seconds(3700), .seconds(2 * 3700), .seconds(4 * 3700),
    .seconds(8 * 3700), .seconds(17 * 3700), .seconds(25 * 3600), .seconds(25 * 3600), .seconds(25 * 3600),
  ]

  /// Runs, and waits where something waits for its time, until nothing is left to do.
  private func settle() async {
    var waits = Self.waits[...]
    var rounds = 0
    var lastEffects = -1
    while true {
      rounds += 1
      let result = await run()
      let isWaiting = await isWaiting()
      if result.isComplete && !result.isPaused && result.requests == 0 && !isWaiting { return }
      if result.requests > 0 && rounds < 200 && result.isComplete && !result.isPaused { continue }
      // What was refused is tried again within the longest of the waits: as long as anything moves, so may it.
      if waits.isEmpty && effects != lastEffects && rounds < 200 { waits = Self.waits.suffix(1) }
      lastEffects = effects
      guard let wait = waits.popFirst() else {
        if !result.isComplete, await mayStandStill() {
          // On purpose: too much is gone without a trace. It must not have changed anything for that.
          isOver = true
          if result.requests > 0 { add(Violation(kind: .changeWithoutBase, detail: "changes while too much is gone")) }
        } else if !result.isComplete || result.isPaused {
          add(Violation(kind: .neverQuiet, detail: result.error.map { "\($0)" } ?? "requests without end"))
        }
        return
      }
      await advance(by: wait)
      await forest.replicateAll()
    }
  }

  /// Whether so many objects vanished without a tombstone that the engine has to suspect its own eyes.
  private func mayStandStill() async -> Bool {
    var known: Set<GUID> = []
    for controller in forest.controllers { known.formUnion(await forest.state(at: controller).objects.keys) }
    return evidence.seen.subtracting(known).count > 2
  }

  /// Whether the engine itself knows of something to be done later.
  private func isWaiting() async -> Bool {
    if await pipeline?.state.waitsFor != nil { return true }
    var reference = await forest.state(at: forest.controllers[0])
    reference.now = time.now()
    for cloud in clouds where !cloud.lacksBase(in: reference) {
      let name = cloud.configuration.name
      let counts = try? await store.read { store in
        try store.configuration(named: name).map { try store.counts(of: $0.id) }
      }
      if let counts = counts ?? nil, counts.pending + counts.failing > 0 { return true }
    }
    return false
  }

  private func compare() async {
    if isOver { return }
    let state = await forest.state(at: forest.controllers[0])
    for cloud in clouds where !cloud.lacksBase(in: state) {
      for violation in cloud.differences(from: state, since: lastRest) { add(violation) }
    }
    let result = await run()
    if result.requests > 0 { add(Violation(kind: .unrest, detail: "\(result.requests) requests")) }
    evidence.begin(with: state, controllers: forest.controllers)
    lastRest = time.now()
  }
}

extension ScopeBases {
  var isEmpty: Bool { included.isEmpty && excluded.isEmpty }
}
