package import Engine
package import Logging
package import Model

/// A directory, a store and a sink in memory with one configuration between them.
package struct World {
  package let directory = FakeDirectory()
  package let store = MemoryStore()
  package let sink = FakeSink()
  package let time = ManualTime()
  package var configuration: Configuration

  package init(
    _ mode: Scope.Mode = .all,
    excluded: [String] = [],
    kinds: Set<ResourceKind> = [.user, .group],
    leaving: LeavingPolicy = .disable,
    deleteAfter: Duration? = nil,
    nested: Bool = true,
    deleteGuard: DeleteGuard = .off
  ) throws {
    configuration = Configuration(
      name: "cloud",
      domain: "corp.example.test",
      isEnabled: true,
      interval: .seconds(120),
      scope: Scope(mode: mode, excluded: try excluded.map { try DistinguishedName(parsing: $0) }, kinds: kinds),
      mapping: .forTests,
      onLeaveScope: leaving,
      deleteAfter: deleteAfter,
      sendsNestedGroups: nested,
      deleteGuard: deleteGuard
    )
  }

  package var pipeline: DomainPipeline {
    DomainPipeline(
      domain: configuration.domain,
      directory: directory,
      store: store,
      time: time,
      logger: .quiet
    )
  }

  @discardableResult
  package func export() async throws -> ExportReport {
    guard let record = try await store.read({ try $0.configuration(named: "cloud") }) else { return ExportReport() }
    return try await Exporter(
      configuration: record.id,
      sink: sink,
      store: store,
      time: time,
      logger: .quiet,
      limits: configuration.deleteGuard,
      book: LogBook(mapping: configuration.mapping)
    ).export(until: time.now() + .seconds(3600))
  }

  /// One run: import, evaluate, export.
  @discardableResult
  package func run() async throws -> ExportReport {
    let pipeline = pipeline
    await pipeline.use([configuration])
    let report = try await pipeline.refresh()
    if let problem = report.problems["cloud"] { throw problem }
    return try await export()
  }

  package func link(_ guid: GUID) async throws -> LinkRecord? {
    try await store.read { store in
      guard let object = try store.object(guid), let id = try store.configuration(named: "cloud")?.id else {
        return nil
      }
      return try store.link(object.id, id)
    }
  }

  /// Two OUs with two users each and a group that holds one user of each.
  package func populate() async {
    let sales = await directory.create(10, .organizationalUnit, "Sales")
    let finance = await directory.create(20, .organizationalUnit, "Finance")
    for (number, unit) in [(UInt32(11), sales), (12, sales), (21, finance), (22, finance)] {
      _ = await directory.create(number, .user, "User \(number)", in: unit, Self.person(number))
    }
    let group = await directory.create(30, .group, "Team", in: sales)
    await directory.addMember(.numbered(11), to: group)
    await directory.addMember(.numbered(21), to: group)
  }

  package static func person(_ number: UInt32) -> [AttributeName: String] {
    [
      "sAMAccountName": "u\(number)", "userPrincipalName": "u\(number)@corp.example.test",
      "userAccountControl": "512", "title": "Clerk",
    ]
  }
}

extension Mapping {
  package static let forTests = Mapping(rules: [
    .user: [
      MappingRule(.userPrincipalName, .userName), MappingRule(.accountEnabled, .active),
      MappingRule(.displayName, .displayName), MappingRule(.attribute("title"), "title"),
    ],
    .group: [MappingRule(.displayName, .displayName)],
    .organizationalUnit: [MappingRule(.name, .displayName), MappingRule(.parent, "parent")],
  ])
}

extension Scope.Mode {
  package static func units(_ names: String...) throws -> Scope.Mode {
    .organizationalUnits(try names.map { try DistinguishedName(parsing: $0 + ",DC=corp,DC=example,DC=test") })
  }

  package static func groups(_ names: String..., nested: Bool = true, in domain: String = "corp") throws -> Scope.Mode {
    .groups(try names.map { try DistinguishedName(parsing: $0 + ",DC=\(domain),DC=example,DC=test") }, nested: nested)
  }
}

extension Logger {
  package static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

extension World {
  package func pipeline(_ directory: any Directory) -> DomainPipeline {
    DomainPipeline(domain: configuration.domain, directory: directory, store: store, time: time, logger: .quiet)
  }

  package func run(_ sink: any Sink) async throws {
    let pipeline = pipeline
    await pipeline.use([configuration])
    _ = try await pipeline.refresh()
    guard let record = try await store.read({ try $0.configuration(named: "cloud") }) else { return }
    _ = try await Exporter(
      configuration: record.id,
      sink: sink,
      store: store,
      time: time,
      logger: .quiet,
      limits: configuration.deleteGuard
    ).export(until: time.now() + .seconds(3600))
  }

  /// - Parameter sink: nil for the world's own.
  package func runner(
    _ sink: (any Sink)? = nil,
    identity: String = "fake 1",
    log: LogKeeper = LogKeeper()
  ) async -> ConfigurationRunner {
    let pipeline = pipeline
    await pipeline.use([configuration])
    return ConfigurationRunner(
      configuration: configuration,
      pipeline: pipeline,
      sink: sink ?? self.sink,
      sinkIdentity: identity,
      store: store,
      time: time,
      logger: .quiet,
      log: log
    )
  }
}

extension World {
  /// The provisioning log, the oldest entry first.
  package func log(after id: Int64 = 0) async throws -> [LogEntry] {
    try await store.read { store in
      guard let record = try store.configuration(named: "cloud") else { return [] }
      return try store.log(of: record.id, LogQuery(.after(id), limit: 10_000))
    }
  }

  package func lastLogID() async throws -> Int64 {
    try await log().last?.id ?? 0
  }
}
