package import Logging
package import Model

/// Reads one domain and evaluates all its configurations; whoever asks is served one after the other, since the store
/// keeps one image for all of them.
package actor DomainPipeline {
  package nonisolated let domain: String
  private let directory: any Directory
  private let store: any Store
  private let time: any TimeSource
  private let logger: Logger
  private var configurations: [Configuration] = []
  private var others = OtherDomains()
  private let turnstile = Turnstile()
  private var latest: DomainState

  package init(
    domain: String,
    directory: any Directory,
    store: any Store,
    time: any TimeSource,
    logger: Logger
  ) {
    self.domain = domain
    self.directory = directory
    self.store = store
    self.time = time
    var logger = logger
    logger[metadataKey: "domain"] = "\(domain)"
    self.logger = logger
    latest = DomainState(domain: domain)
  }

  package var state: DomainState { latest }

  /// - Parameters:
  ///   - configurations: the enabled ones of the domain.
  ///   - domains: DNS names of all domains with enabled configurations, between which objects may move.
  package func use(_ configurations: [Configuration], beside domains: Set<String> = []) {
    self.configurations = configurations
    others = OtherDomains(names: domains.subtracting([domain]))
  }

  /// Whether each DN of a scope names an object of the right kind; for checks before anything is stored.
  package func problems(of scope: Scope) async throws -> [ScopeError] {
    var problems: [ScopeError] = []
    for name in scope.included + scope.excluded {
      guard let found = try await directory.locate(name) else {
        problems.append(.missing(name))
        continue
      }
      let isBase = scope.included.contains(name)
      if isBase, let problem = scope.problem(with: found.objectClass, at: name) { problems.append(problem) }
    }
    return problems
  }

  /// Whether anything moved at the domain controller in use.
  package func pulse() async throws -> DirectoryPulse {
    try await directory.pulse()
  }

  /// Has the directory read in full at the next refresh.
  package func requireFullRead(_ reason: String) async throws {
    let now = time.now()
    try await store.write { [domain] store in
      var source = try store.registerSource(domain: domain)
      source.requireFullRead(reason, at: now)
      try store.update(source)
    }
  }

  /// Imports what changed since the last call began and evaluates it.
  package func refresh() async throws -> RefreshReport {
    try await turnstile.pass { try await self.importAndEvaluate() }
  }

  package func shutDown() async {
    await turnstile.drain()
    await directory.disconnect()
  }

  // MARK: One refresh

  private func importAndEvaluate() async throws -> RefreshReport {
    var report = RefreshReport()
    // One set for all of it: what is evaluated must have been read with its attributes.
    let (configurations, others) = (configurations, others)
    do {
      let importer = Importer(
        domain: domain,
        directory: directory,
        store: store,
        time: time,
        logger: logger,
        others: others
      )
      let imported = try await importer.importChanges(attributes: Self.attributes(of: configurations))
      report.imported = imported.imported
      latest.waitsFor = imported.waitsFor
      let source = try await store.read { [domain] in try $0.source(domain: domain) }
      latest.source = source
      guard let source else { return report }
      let contexts = try await bindScopes(configurations, source.id, &report)
      let evaluator = Evaluator(
        store: store,
        time: time,
        others: others,
        leftOut: Set(configurations.map(\.name)).subtracting(contexts.map(\.configuration.name))
      )
      report.evaluated = try await evaluator.evaluate(source.id, contexts)
    } catch {
      latest.problem = error is CancellationError ? latest.problem : "\(error)"
      throw error
    }
    latest.problem = nil
    latest.lastImport = time.now()
    return report
  }

  /// A configuration whose scope does not stand is left out: it changes nothing until it does.
  private func bindScopes(
    _ configurations: [Configuration],
    _ source: SourceID,
    _ report: inout RefreshReport
  ) async throws -> [EvaluationContext] {
    let binder = ScopeBinder(directory: directory, store: store)
    var contexts: [EvaluationContext] = []
    for configuration in configurations {
      let record: ConfigurationRecord? = try await store.write { store in
        // Moved to another domain meanwhile: no longer ours.
        if let known = try store.configuration(named: configuration.name), known.source != source { return nil }
        return try store.registerConfiguration(named: configuration.name, source: source)
      }
      guard let record else { continue }
      do {
        let scope = try await binder.bind(configuration, record.id)
        contexts.append(EvaluationContext(id: record.id, configuration: configuration, scope: scope))
      } catch let problem as ScopeError {
        report.problems[configuration.name] = problem
      } catch let problem as DirectoryError {
        report.problems[configuration.name] = problem
      }
    }
    return contexts
  }

  private static func attributes(of configurations: [Configuration]) -> Set<AttributeName> {
    configurations.reduce(into: baseAttributes) { $0.formUnion($1.sourceAttributes) }
  }

  /// Needed whatever is mapped: to exclude what AD keeps for itself and what was written back from the cloud, and to name
  /// objects to people.
  private static let baseAttributes: Set<AttributeName> = [
    "isCriticalSystemObject", "sAMAccountName", "userPrincipalName", "userAccountControl", "accountExpires",
    "groupType", "adminDescription",
  ]
}

package struct RefreshReport: Sendable {
  package var imported = 0
  package var evaluated = 0
  /// By configuration: its scope cannot be trusted, so it was left alone.
  package var problems: [String: any Error] = [:]

  package init() {}
}

package struct DomainState: Hashable, Sendable {
  package let domain: String
  /// How far it was read, after the last import.
  package var source: SourceRecord?
  /// Why nothing is decided about some objects.
  package var waitsFor: String?
  package var lastImport: Timestamp?
  package var problem: String?

  package init(domain: String) {
    self.domain = domain
  }
}
