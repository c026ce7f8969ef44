package import Logging
package import Model

/// All configurations of the daemon at work. What it runs can be exchanged while it runs.
package actor Agent {
  private let store: any Store
  private let time: any TimeSource
  private let logger: Logger
  private let log: LogKeeper
  private var pipelines: [String: DomainPipeline] = [:]
  private var jobs: [String: Job] = [:]
  private var doorbells: [String: Task<Void, Never>] = [:]
  private let turnstile = Turnstile()
  private var isShutDown = false

  private struct Job {
    let setup: ConfigurationSetup
    let runner: ConfigurationRunner
    let task: Task<Void, Never>
  }

  package init(store: any Store, time: any TimeSource, logger: Logger, log: LogKeeper = LogKeeper()) {
    self.store = store
    self.time = time
    self.logger = logger
    self.log = log
  }

  /// Replaces everything that runs. Configurations that stay as they are go on undisturbed; changed ones end at their next
  /// safe point and begin anew.
  ///
  /// - Parameters:
  ///   - domains: the directory of each domain, by DNS name in lower case. One that is known keeps its connection.
  ///   - setups: the enabled configurations.
  package func apply(domains: [String: any Directory], setups: [ConfigurationSetup]) async {
    // One set after the other: stopping a configuration takes a moment, in which the next set may come.
    // In a task of its own: a caller that gives up must not leave in force what the files no longer say.
    await Task { try? await turnstile.pass { await self.replace(domains, setups) } }.value
  }

  private func replace(_ domains: [String: any Directory], _ setups: [ConfigurationSetup]) async {
    guard !isShutDown else { return }
    if jobs.isEmpty { await recoverLinks() }
    for (name, job) in jobs where !setups.contains(job.setup) {
      await stop(name)
    }
    for (domain, directory) in domains where pipelines[domain] == nil {
      pipelines[domain] = DomainPipeline(
        domain: domain,
        directory: directory,
        store: store,
        time: time,
        logger: logger
      )
    }
    let inUse = Set(setups.map(\.configuration.domain))
    for (domain, pipeline) in pipelines {
      await pipeline.use(setups.map(\.configuration).filter { $0.domain == domain }, beside: inUse)
    }
    for setup in setups where jobs[setup.configuration.name] == nil {
      start(setup)
    }
    await listen(to: inUse)
  }

  /// Only where somebody waits for changes.
  private func listen(to domains: Set<String>) async {
    for (domain, doorbell) in doorbells where !domains.contains(domain) {
      doorbell.cancel()
      await doorbell.value
      doorbells[domain] = nil
    }
    for domain in domains where doorbells[domain] == nil {
      guard let pipeline = pipelines[domain] else { continue }
      let doorbell = Doorbell(pipeline: pipeline, time: time, logger: logger) { [weak self] in
        await self?.ring(domain)
      }
      doorbells[domain] = Task { await doorbell.run() }
    }
  }

  private func ring(_ domain: String) async {
    for job in jobs.values where job.setup.configuration.domain == domain { await job.runner.ring() }
  }

  /// Ends everything at its next safe point.
  package func shutDown() async {
    isShutDown = true
    for doorbell in doorbells.values { doorbell.cancel() }
    for job in jobs.values { job.task.cancel() }
    for name in jobs.keys.sorted() { await stop(name) }
    for doorbell in doorbells.values { await doorbell.value }
    await turnstile.drain()
    for pipeline in pipelines.values { await pipeline.shutDown() }
  }

  package func runner(of configuration: String) -> ConfigurationRunner? {
    jobs[configuration]?.runner
  }

  package func pipeline(of domain: String) -> DomainPipeline? {
    pipelines[domain]
  }

  private func start(_ setup: ConfigurationSetup) {
    guard !isShutDown, let pipeline = pipelines[setup.configuration.domain] else { return }
    let runner = ConfigurationRunner(
      configuration: setup.configuration,
      pipeline: pipeline,
      sink: setup.makeSink(),
      sinkIdentity: setup.sinkIdentity,
      store: store,
      time: time,
      logger: logger,
      log: log
    )
    jobs[setup.configuration.name] = Job(setup: setup, runner: runner, task: Task { await runner.run() })
  }

  private func stop(_ name: String) async {
    guard let job = jobs.removeValue(forKey: name) else { return }
    job.task.cancel()
    await job.task.value
    await recoverLinks(of: name)
  }

  /// A request that was under way when its configuration stopped must not hold up whoever takes over the object: its
  /// configuration may never run again.
  ///
  /// - Parameter name: nil for all.
  private func recoverLinks(of name: String? = nil) async {
    do {
      try await store.write { store in
        for configuration in try store.configurations() where name == nil || configuration.name == name {
          try store.recoverLinks(of: configuration.id)
        }
      }
    } catch {
      logger.error("requests that were under way could not be noted as such", metadata: ["reason": "\(error)"])
    }
  }
}

/// An enabled configuration with the way to its sink.
package struct ConfigurationSetup: Sendable, Equatable {
  package let configuration: Configuration
  /// Which sink it is, however it is reached; in words for a person.
  package let sinkIdentity: String
  /// All that its settings say, so that a change of any is noticed.
  package let sinkSettings: String
  package let makeSink: @Sendable () -> any Sink

  package init(
    configuration: Configuration,
    sinkIdentity: String,
    sinkSettings: String,
    makeSink: @escaping @Sendable () -> any Sink
  ) {
    self.configuration = configuration
    self.sinkIdentity = sinkIdentity
    self.sinkSettings = sinkSettings
    self.makeSink = makeSink
  }

  package static func == (left: ConfigurationSetup, right: ConfigurationSetup) -> Bool {
    left.configuration == right.configuration && left.sinkIdentity == right.sinkIdentity
      && left.sinkSettings == right.sinkSettings
  }
}
