import ActiveDirectory
import ADSimulator
import Engine
import LDAP
import LDAPServer
import Logging
import Model
import Oracle
import Simulation
import SimulatedLDAP
import TestSupport
import Testing

/// The real reading of Active Directory and the engine over a simulated domain, with a sink in memory.
struct Product {
  let world: Fixture
  let directory: ActiveDirectoryDomain
  let store = MemoryStore()
  let sink = FakeSink(batchSize: 100, memberChunk: 1000)
  let time: ManualTime
  let configuration: Configuration

  static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  init(_ world: Fixture, _ connector: @escaping LDAPConnector) {
    self.world = world
    time = ManualTime()
    configuration = Configuration(
      name: "cloud",
      domain: "corp.example.test",
      isEnabled: true,
      interval: .seconds(120),
      scope: Scope(mode: .all, kinds: [.user, .group]),
      mapping: .standard,
      onLeaveScope: .delete,
      sendsNestedGroups: true,
      deleteGuard: .off
    )
    directory = ActiveDirectoryDomain(
      ActiveDirectoryOptions(
        domain: "corp.example.test",
        controllers: world.controllers.compactMap { DomainController($0.name) },
        security: .ldaps,
        credentials: .simple(identity: Route.account.name, password: { Array(Route.account.password.utf8) }),
        failoverDelay: .zero
      ),
      connector: connector,
      time: time,
      logger: Self.logger
    )
  }

  static func with(_ world: Fixture, by route: Route, _ body: (Product) async throws -> Void) async throws {
    try await route.withConnector(to: world.controllers) { connector in
      let product = Product(world, connector)
      do {
        try await body(product)
        await product.directory.disconnect()
      } catch {
        await product.directory.disconnect()
        throw error
      }
    }
  }

  /// One run: import, evaluate, export.
  ///
  /// - Throws: what the import fails with.
  func run() async throws {
    let pipeline = DomainPipeline(
      domain: configuration.domain,
      directory: directory,
      store: store,
      time: time,
      logger: Self.logger
    )
    await pipeline.use([configuration])
    let report = try await pipeline.refresh()
    if let problem = report.problems["cloud"] { throw problem }
    let record = try await store.read { try $0.configuration(named: "cloud") }
    let identifier = try #require(record?.id)
    let exporter = Exporter(
      configuration: identifier,
      sink: sink,
      store: store,
      time: time,
      logger: Self.logger,
      limits: .off
    )
    _ = try await exporter.export(until: time.now() + .seconds(3600))
  }

  /// Runs, compares the cloud with what it is to hold, and sees that one more run asks nothing of the sink.
  func expectConvergence(at controller: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await run()
    try await run()
    let differences = differences(at: controller)
    #expect(differences.isEmpty, sourceLocation: sourceLocation)
    sink.forgetOperations()
    try await run()
    #expect(sink.operations.isEmpty && sink.misuse.isEmpty, sourceLocation: sourceLocation)
  }

  private func differences(at controller: Int) -> [String] {
    let state = state(at: controller)
    let expected = Oracle(configuration, bases: ScopeBases()).expectation(from: state)
    var differences: [String] = []
    for guid in Set(expected.objects.keys).union(sink.held.map(\.resource.externalID)).sorted() {
      let held = sink.held(guid)
      switch expected[guid] {
      case .present(_, let attributes):
        if held?.resource.attributes != attributes { differences.append("\(guid) is not \(attributes)") }
        let members = expected.members[guid] ?? []
        if held?.members ?? [] != members { differences.append("members of \(guid) are not \(members.count)") }
      case .left: if held != nil { differences.append("\(guid) is still there") }
      case .untouched: break
      }
    }
    return differences
  }

  private func state(at controller: Int) -> DirectoryState {
    let shown = world.domain.liveState(at: world.domain.controllers[controller])
    return DirectoryState(
      domain: configuration.domain,
      domainSID: world.domain.domainSID,
      now: time.now(),
      objects: Dictionary(uniqueKeysWithValues: shown.map { ($0.guid, DirectoryEntry($0)) })
    )
  }
}
