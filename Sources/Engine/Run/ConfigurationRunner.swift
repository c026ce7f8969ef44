package import Logging
package import Model

/// Runs one configuration: at start, on its timer, and whenever it is asked to.
package actor ConfigurationRunner {
  package nonisolated let configuration: Configuration
  private let pipeline: DomainPipeline
  private let sink: any Sink
  private let sinkIdentity: String
  let store: any Store
  let time: any TimeSource
  let logger: Logger
  let log: LogKeeper

  var current = ConfigurationState()
  private var requested: RunReason? = .start
  private var requestedResets: Set<Reset> = []
  /// Nil when no comparison with the sink was asked for; true when its differences are to be repaired.
  private var requestedRepair: Bool?
  private var nap: Task<Void, any Error>?
  private var waiters: [Int: CheckedContinuation<RunRecord?, Never>] = [:]
  private var waitersSoFar = 0
  var failures = 0
  private var isStopped = false
  /// The sink asked for it: nothing is sent before.
  var pause: Pause?
  var isStalled = false

  package init(
    configuration: Configuration,
    pipeline: DomainPipeline,
    sink: any Sink,
    sinkIdentity: String,
    store: any Store,
    time: any TimeSource,
    logger: Logger,
    log: LogKeeper = LogKeeper()
  ) {
    self.configuration = configuration
    self.pipeline = pipeline
    self.sink = sink
    self.sinkIdentity = sinkIdentity
    self.store = store
    self.time = time
    self.log = log
    var logger = logger
    logger[metadataKey: "configuration"] = "\(configuration.name)"
    self.logger = logger
  }

  package var state: ConfigurationState { current }

  /// Runs until the task is cancelled; a run under way ends at the next safe point.
  package func run() async {
    while !Task.isCancelled {
      await sleepUntilDue()
      guard !Task.isCancelled else { break }
      let reason = requested ?? .timer
      requested = nil
      let served = waiters
      waiters = [:]
      let record = await perform(reason)
      for waiter in served.values { waiter.resume(returning: record) }
    }
    isStopped = true
    for waiter in waiters.values { waiter.resume(returning: nil) }
    waiters = [:]
    await sink.close()
  }

  /// Starts a run at once, or right after the one under way, which may have read the directory too early to see what the
  /// caller is waiting for. Resets are carried out before it begins.
  package func restart(resetting resets: Set<Reset> = []) {
    requestedResets.formUnion(resets)
    request(.restart)
  }

  /// Reads both sides in full and tells how they differ; what differs in the sink is only mended when repairing.
  package func reconcile(isRepairing: Bool) {
    requestedRepair = isRepairing || requestedRepair == true
    request(.reconcile)
  }

  /// Something was imported or evaluated: what waits for this configuration is sent at once.
  package func ring() async {
    log.bell.ring()
    guard requested == nil, pause?.remaining(at: time.now()) == nil, failures == 0 else { return }
    guard let exporter = try? await exporter(), (try? await exporter.hasWork()) == true, requested == nil else {
      return
    }
    request(.doorbell)
  }

  private func request(_ reason: RunReason) {
    requested = reason
    nap?.cancel()
  }

  private func exporter() async throws -> Exporter? {
    let record = try await store.read { [configuration] in try $0.configuration(named: configuration.name) }
    return record.map { exporter($0.id, run: nil, logger) }
  }

  private func exporter(_ id: ConfigurationID, run: Int64?, _ logger: Logger) -> Exporter {
    Exporter(
      configuration: id,
      sink: sink,
      store: store,
      time: time,
      logger: logger,
      limits: configuration.deleteGuard,
      book: LogBook(run: run, mapping: configuration.mapping, bell: log.bell)
    )
  }

  /// What a restart with these resets would clear; nothing is changed.
  package func preview(_ resets: Set<Reset>) async throws -> ResetPreview {
    guard let record = try await store.read({ [configuration] in try $0.configuration(named: configuration.name) })
    else { return ResetPreview() }
    let resetter = Resetter(store: store, domain: configuration.domain, configuration: record.id)
    var preview = try await resetter.preview(resets)
    if resets.contains(.quarantine), let pause, pause.remaining(at: time.now()) != nil {
      preview.pausedUntil = pause.end
    }
    return preview
  }

  /// - Returns: the run that began after the call; nil when the daemon stops before it ends, or the caller is cancelled
  ///   before it begins.
  package func restartAndWait(resetting resets: Set<Reset> = []) async -> RunRecord? {
    await waitForRun { $0.restart(resetting: resets) }
  }

  /// As `restartAndWait`; the report is in `state` when the run has ended well.
  package func reconcileAndWait(isRepairing: Bool) async -> RunRecord? {
    await waitForRun { $0.reconcile(isRepairing: isRepairing) }
  }

  private func waitForRun(_ request: (isolated ConfigurationRunner) -> Void) async -> RunRecord? {
    guard !isStopped else { return nil }
    waitersSoFar += 1
    let ticket = waitersSoFar
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiters[ticket] = continuation
        request(self)
      }
    } onCancel: {
      Task { await self.dismiss(ticket) }
    }
  }

  private func dismiss(_ ticket: Int) {
    waiters.removeValue(forKey: ticket)?.resume(returning: nil)
  }

  // MARK: Waiting

  private func sleepUntilDue() async {
    guard requested == nil else { return }
    let delay = self.delay
    current.nextRun = time.now() + delay
    let nap = Task { [time] in try await time.sleep(for: delay) }
    self.nap = nap
    await withTaskCancellationHandler {
      _ = await nap.result
    } onCancel: {
      nap.cancel()
    }
    self.nap = nil
    current.nextRun = nil
  }

  /// After a failure sooner than the timer, then ever later until the timer's pace is reached.
  private var delay: Duration {
    guard failures > 0 else { return configuration.interval }
    return min(.seconds(5 << min(failures - 1, 10)), configuration.interval)
  }

  // MARK: One run

  private func perform(_ reason: RunReason) async -> RunRecord? {
    current.isRunning = true
    defer { current.isRunning = false }
    var run: RunRecord?
    var counts = RunCounts()
    do {
      let begun = try await begin(reason)
      run = begun
      current.lastRun = begun
      try await claimSink()
      let repair = try await prepare(begun)
      let exporter = exporter(begun.configuration, run: begun.id, logger(of: begun))
      var isFresh = reason == .doorbell
      repeat {
        if !isFresh { try await refresh(&counts) }
        isFresh = false
        if pause?.remaining(at: time.now()) != nil { break }
        let began = time.now()
        let report = try await exporter.export(until: began + configuration.interval)
        counts.add(report.counts)
        pause = report.pausedUntil.map { Pause(began: began, end: $0) }
        if let unavailable = report.unavailable { throw unavailable }
        // When a whole pass has moved nothing, the rest is for the next run.
        isStalled = report.hasMore && report.counts == RunCounts()
        if !report.hasMore || isStalled { break }
        current.lastRun?.counts = counts
      } while !Task.isCancelled
      if let repair { try await compare(exporter, isRepairing: repair, &counts) }
      try Task.checkCancellation()
      return await end(run, counts, error: nil)
    } catch {
      return await end(run, counts, error: error)
    }
  }

  private func begin(_ reason: RunReason) async throws -> RunRecord {
    let now = time.now()
    return try await store.write { [configuration] store in
      let source = try store.registerSource(domain: configuration.domain)
      let record = try store.registerConfiguration(named: configuration.name, source: source.id)
      return try store.beginRun(record.id, reason: reason, at: now)
    }
  }

  /// Carries out what was asked for with the run.
  ///
  /// - Returns: whether and how the sink is to be compared.
  private func prepare(_ run: RunRecord) async throws -> Bool? {
    let resets = requestedResets
    let repair = requestedRepair
    requestedResets = []
    requestedRepair = nil
    if resets.contains(.quarantine) {
      failures = 0
      pause = nil
    }
    if repair != nil { current.drift = nil }
    do {
      if repair != nil { try await pipeline.requireFullRead("reconcile") }
      let resetter = Resetter(store: store, domain: configuration.domain, configuration: run.configuration)
      try await resetter.apply(resets, at: time.now())
    } catch {
      requestedResets.formUnion(resets)
      throw error
    }
    return repair
  }

  private func compare(_ exporter: Exporter, isRepairing: Bool, _ counts: inout RunCounts) async throws {
    guard sink.capabilities.canBeRead else { return }
    try await sink.open()
    let reconciler = Reconciler(
      configuration: exporter.configuration,
      mapping: configuration.mapping,
      kinds: configuration.scope.kinds,
      sink: sink,
      store: store
    )
    let report = try await reconciler.compare(isRepairing: isRepairing)
    current.drift = report
    if report.isRepaired { counts.add(try await exporter.export(until: time.now() + configuration.interval).counts) }
  }

  private func claimSink() async throws {
    try await store.write { [configuration, sinkIdentity] store in
      guard var record = try store.configuration(named: configuration.name), record.sink != sinkIdentity else { return }
      if let former = record.sink, try store.hasLeftTraces(record.id) {
        throw SinkChanged(configuration: configuration.name, former: former, present: sinkIdentity)
      }
      record.sink = sinkIdentity
      // Which other configurations have the same sink decides about objects that moved, and about members.
      record.fingerprint = nil
      try store.update(record)
    }
  }

  private func refresh(_ counts: inout RunCounts) async throws {
    defer { log.bell.ring() }
    let report = try await pipeline.refresh()
    counts.imported += report.imported
    counts.evaluated += report.evaluated
    if let problem = report.problems[configuration.name] { throw problem }
  }

  private func logger(of run: RunRecord) -> Logger {
    var logger = logger
    logger[metadataKey: "run-id"] = "\(run.id)"
    return logger
  }

  private func end(_ run: RunRecord?, _ counts: RunCounts, error: (any Error)?) async -> RunRecord? {
    await assess(run, counts, error)
    guard var run else { return nil }
    run.ended = time.now()
    run.counts = counts
    switch (error, current.health) {
    case (is CancellationError, _): run.outcome = .interrupted
    case (nil, .degraded): run.outcome = .partial
    case (nil, _): run.outcome = .success
    case (let error?, _):
      run.outcome = .failure
      run.detail = "\(error)"
    }
    current.lastRun = run
    await store(run)
    return run
  }

  private func store(_ run: RunRecord) async {
    do {
      try await store.write { store in
        try store.update(run)
        try store.pruneRuns(of: run.configuration, keeping: Self.runsKept)
      }
      try await log.prune(run.configuration, in: store, at: time.now())
    } catch {
      logger.error("the end of the run could not be stored", metadata: ["reason": "\(error)"])
    }
  }

  /// More than a day of runs at the default pace.
  private static let runsKept = 1000
}
