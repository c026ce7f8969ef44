import Engine
import Model
import TestSupport

/// Two domains with a configuration each, which provision to one sink or to two.
struct TwoDomains {
  struct Side {
    let directory: FakeDirectory
    let configuration: Configuration
    let sink: FakeSink
    let sinkName: String
  }

  let store: any Store
  let time = ManualTime()
  let left: Side
  let right: Side

  /// In `left`, and after a move in `right`.
  static let user = GUID.numbered(11)

  init(
    sharingSink: Bool = true,
    store: any Store = MemoryStore(),
    leaving: LeavingPolicy = .delete,
    deleteAfter: Duration? = nil,
    rightMode: Scope.Mode = .all
  ) {
    self.store = store
    let sink = FakeSink()
    func side(_ name: String, _ number: UInt8, _ mode: Scope.Mode, _ sink: FakeSink, _ sinkName: String) -> Side {
      Side(
        directory: FakeDirectory(domain: name, number: number),
        configuration: Configuration(
          name: name,
          domain: "\(name).example.test",
          isEnabled: true,
          interval: .seconds(120),
          scope: Scope(mode: mode, excluded: [], kinds: [.user, .group]),
          mapping: .forTests,
          onLeaveScope: leaving,
          deleteAfter: deleteAfter,
          sendsNestedGroups: true,
          deleteGuard: .off
        ),
        sink: sink,
        sinkName: sinkName
      )
    }
    left = side("left", 1, .all, sink, "one")
    right = side("right", 2, rightMode, sharingSink ? sink : FakeSink(), sharingSink ? "one" : "two")
  }

  /// Two users in a group on the left; one user in a group on the right.
  func populate() async {
    for number in [UInt32(11), 12] {
      _ = await left.directory.create(number, .user, "User \(number)", World.person(number))
    }
    let team = await left.directory.create(30, .group, "Team")
    await left.directory.addMember(.numbered(11), to: team)
    await left.directory.addMember(.numbered(12), to: team)
    _ = await right.directory.create(51, .user, "User 51", World.person(51))
    let crew = await right.directory.create(60, .group, "Crew")
    await right.directory.addMember(.numbered(51), to: crew)
  }

  func move(_ guid: GUID = user, from: Side, to: Side) async {
    guard await from.directory.node(guid)?.isDeleted == false else { return }
    guard let node = await from.directory.moveAway(guid) else { return }
    await to.directory.adopt(node)
  }

  func pipeline(_ side: Side, beside others: Bool = true) async -> DomainPipeline {
    let pipeline = DomainPipeline(
      domain: side.configuration.domain,
      directory: side.directory,
      store: store,
      time: time,
      logger: .quiet
    )
    let domains = Set([left, right].map(\.configuration.domain))
    await pipeline.use([side.configuration], beside: others ? domains : [])
    return pipeline
  }

  /// - Parameter full: reads the whole directory, by which alone is noticed what left without a tombstone.
  func run(_ side: Side, full: Bool = false, beside others: Bool = true) async throws {
    try await refresh(side, full: full, beside: others)
    try await export(side)
  }

  func refresh(_ side: Side, full: Bool = false, beside others: Bool = true) async throws {
    let pipeline = await pipeline(side, beside: others)
    if full { try await pipeline.requireFullRead("test") }
    try await claimSink(side)
    let report = try await pipeline.refresh()
    if let problem = report.problems[side.configuration.name] { throw problem }
  }

  func export(_ side: Side) async throws {
    guard let record = try await store.read({ try $0.configuration(named: side.configuration.name) }) else { return }
    let exporter = Exporter(
      configuration: record.id,
      sink: side.sink,
      store: store,
      time: time,
      logger: .quiet,
      limits: side.configuration.deleteGuard
    )
    _ = try await exporter.export(until: time.now() + .seconds(3600))
  }

  func compare(_ side: Side, isRepairing: Bool = false) async throws -> DriftReport {
    guard let record = try await store.read({ try $0.configuration(named: side.configuration.name) }) else {
      return DriftReport()
    }
    return try await Reconciler(
      configuration: record.id,
      mapping: side.configuration.mapping,
      kinds: side.configuration.scope.kinds,
      sink: side.sink,
      store: store
    ).compare(isRepairing: isRepairing)
  }

  func runBoth() async throws {
    try await run(left)
    try await run(right)
  }

  /// Both sides until nothing can be left to do, the directories read in full, and time for what waits.
  func settle() async throws {
    for _ in 0..<3 {
      time.advance(by: .seconds(7600))
      try await run(left, full: true)
      try await run(right, full: true)
    }
  }

  func forgetOperations() {
    for side in [left, right] { side.sink.forgetOperations() }
  }

  /// What both sinks were asked for.
  var operations: [Operation] {
    left.sink === right.sink ? left.sink.operations : left.sink.operations + right.sink.operations
  }

  func link(_ guid: GUID, _ side: Side) async throws -> LinkRecord? {
    let name = side.configuration.name
    return try await store.read { store in
      guard let object = try store.object(guid), let id = try store.configuration(named: name)?.id else { return nil }
      return try store.link(object.id, id)
    }
  }

  func object(_ guid: GUID = user) async throws -> ObjectRecord? {
    try await store.read { try $0.object(guid) }
  }

  private func claimSink(_ side: Side) async throws {
    try await store.write { store in
      let source = try store.registerSource(domain: side.configuration.domain)
      var record = try store.registerConfiguration(named: side.configuration.name, source: source.id)
      guard record.sink == nil else { return }
      record.sink = side.sinkName
      try store.update(record)
    }
  }
}
