import Engine
import Logging
import Model
import Oracle
import TestSupport

/// One or two domains, an agent and its sinks in one thread of time; everything that happens follows from the seed.
package final class Simulation {
  let forest: any Forest
  let time: SimulatedTime
  let clock: HostClock
  let store = MemoryStore()
  let life = Mortality()
  package private(set) var clouds: [Cloud] = []
  package var figures = Figures()
  package var violations: [Violation] = []
  /// Nil unless somebody reads it.
  package private(set) var trace: [String]?

  /// By the number of the domain.
  private(set) var pipelines: [Int: DomainPipeline] = [:]
  var evidence = Evidence()
  /// What was seen last of each controller.
  var seenRevisions: [Int: Int] = [:]
  var seenAt: Timestamp?
  /// What is on its way to another domain.
  var arriving: [GUID: (domain: Int, since: Timestamp)] = [:]
  /// What ever went to another domain.
  var travellers: Set<GUID> = []
  /// The agent stands still on purpose, and only people could go on.
  var isOver = false
  /// How far the clock must go at least until the engine finds out what the directory does not report.
  var delayToRest: Duration = .zero
  /// Something was changed in a sink that no run can see.
  var needsReconcile = false

  package init(_ forest: any Forest, time: SimulatedTime, isTraced: Bool = false) {
    self.forest = forest
    self.time = time
    clock = HostClock(time)
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
  func requireReconcile() { needsReconcile = true }

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

  func livingPipeline(of domain: Int) async -> DomainPipeline {
    if let pipeline = pipelines[domain] { return pipeline }
    let pipeline = DomainPipeline(
      domain: forest.domains[domain],
      directory: await forest.connect(to: domain),
      store: MortalStore(store, life),
      time: clock,
      logger: Self.silence
    )
    await pipeline.use(configurations(of: domain), beside: Set(forest.domains))
    pipelines[domain] = pipeline
    return pipeline
  }

  func configurations(of domain: Int) -> [Configuration] {
    clouds.filter { $0.domain == domain }.map(\.configuration)
  }

  private static let silence = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

  /// One run of all configurations; a death within it leaves nothing in memory.
  ///
  /// - Parameter domain: nil for all, one after the other.
  @discardableResult
  func run(_ domain: Int? = nil) async -> RunResult {
    figures.runs += 1
    await observe()
    let (before, began) = (requests, time.now())
    var result = RunResult()
    do {
      for number in forest.domains.indices where domain == nil || domain == number {
        try await run(number, &result)
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

  private func run(_ domain: Int, _ result: inout RunResult) async throws {
    if forest.domains.count > 1 { try await begin(domain) }
    let pipeline = await livingPipeline(of: domain)
    let report = try await pipeline.refresh()
    await noteArrivals(in: domain)
    await checkBases(report, of: domain)
    for cloud in clouds where cloud.domain == domain {
      if let problem = report.problems[cloud.configuration.name] {
        note("    \(cloud.configuration.name): \(problem)")
      } else {
        try await export(cloud, &result)
      }
    }
  }

  func export(_ cloud: Cloud, _ result: inout RunResult) async throws {
    if let until = cloud.pausedUntil, clock.now() < until {
      result.isPaused = true
      return
    }
    cloud.pausedUntil = nil
    guard let exporter = try await exporter(cloud) else { return }
    let report = try await exporter.export(until: clock.now() + .seconds(3600))
    cloud.pausedUntil = report.pausedUntil
    result.isPaused = result.isPaused || report.pausedUntil != nil || report.unavailable != nil || report.hasMore
  }

  private func exporter(_ cloud: Cloud) async throws -> Exporter? {
    guard let record = try await record(of: cloud) else { return nil }
    return Exporter(
      configuration: record.id,
      sink: MortalSink(cloud.sink, life),
      store: MortalStore(store, life),
      time: clock,
      logger: Self.silence,
      limits: cloud.configuration.deleteGuard
    )
  }

  func record(of cloud: Cloud) async throws -> ConfigurationRecord? {
    let name = cloud.configuration.name
    return try await store.read { try $0.configuration(named: name) }
  }

  /// What was in memory is lost.
  func bury() async {
    figures.kills += 1
    note("    killed")
    await restart()
    for cloud in clouds { cloud.pausedUntil = nil }
    life.die(at: nil)
  }

  /// A new process without a death: as after an orderly restart.
  package func restart() async {
    for pipeline in pipelines.values { await pipeline.shutDown() }
    pipelines = [:]
  }

  var effects: Int { clouds.filter(\.isLeading).reduce(0) { $0 + $1.sink.effects } }
  package var requests: Int { clouds.filter(\.isLeading).reduce(0) { $0 + $1.sink.requests } }

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
}

extension ScopeBases {
  var isEmpty: Bool { included.isEmpty && excluded.isEmpty }
}
