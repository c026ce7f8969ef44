import Engine
import Model
import Oracle
import TestSupport

/// What an administrator does to the agent.
extension Simulation {
  /// - Returns: whether the scope was read; if not, everything is as before.
  func change(_ cloud: Cloud, to configuration: Configuration, bases: ScopeBases) async -> Bool {
    let before = cloud.setup
    life.die(at: nil)
    life.freeDisk()
    await forest.endFaults()
    cloud.use(Cloud.Setup(configuration, bases), at: time.now())
    if await use(cloud), await isBound(cloud) { return true }
    cloud.use(before, at: time.now())
    _ = await use(cloud)
    return false
  }

  private func use(_ cloud: Cloud) async -> Bool {
    let domain = cloud.domain
    await livingPipeline(of: domain).use(configurations(of: domain), beside: Set(forest.domains))
    return await run(domain).isComplete
  }

  private func isBound(_ cloud: Cloud) async -> Bool {
    guard let record = try? await record(of: cloud),
      let roots = try? await store.read({ try $0.scopeRoots(of: record.id) })
    else { return false }
    let scope = cloud.configuration.scope
    return Set(roots.filter { !$0.isExcluded }.map(\.name)) == Set(scope.included)
      && Set(roots.filter(\.isExcluded).map(\.name)) == Set(scope.excluded)
  }

  /// Reads both sides in full and tells, or mends, how they differ.
  func reconcile(isRepairing: Bool) async {
    do {
      for domain in forest.domains.indices {
        try await livingPipeline(of: domain).requireFullRead("reconcile")
      }
      guard await run().isComplete else { return }
      for cloud in clouds {
        guard let record = try await record(of: cloud) else { continue }
        let reconciler = Reconciler(
          configuration: record.id,
          mapping: cloud.configuration.mapping,
          kinds: cloud.configuration.scope.kinds,
          sink: MortalSink(cloud.sink, life),
          store: MortalStore(store, life)
        )
        let report = try await reconciler.compare(isRepairing: isRepairing)
        note("    \(cloud.configuration.name): \(report)")
      }
    } catch {
      note("    reconcile ended: \(error)")
    }
    if life.isDead { await bury() }
  }

  func reset(_ resets: Set<Reset>, of cloud: Cloud) async {
    if resets.contains(.quarantine) { cloud.pausedUntil = nil }
    do {
      guard let record = try await record(of: cloud) else { return }
      let resetter = Resetter(
        store: MortalStore(store, life),
        domain: cloud.configuration.domain,
        configuration: record.id
      )
      try await resetter.apply(resets, at: clock.now())
    } catch {
      note("    reset ended: \(error)")
    }
  }

  /// What matters only to a second domain: which configurations have one sink, and that a new process answers for the
  /// requests of all that were under way.
  func begin(_ domain: Int) async throws {
    let isNew = pipelines.isEmpty
    let sinks = clouds.filter { $0.domain == domain }.map { ($0.configuration.name, $0.sinkName) }
    let name = forest.domains[domain]
    try await MortalStore(store, life).write { store in
      if isNew { for configuration in try store.configurations() { try store.recoverLinks(of: configuration.id) } }
      let source = try store.registerSource(domain: name)
      for (configuration, sink) in sinks {
        var record = try store.registerConfiguration(named: configuration, source: source.id)
        guard record.sink != sink else { continue }
        record.sink = sink
        record.fingerprint = nil
        try store.update(record)
      }
    }
  }
}
