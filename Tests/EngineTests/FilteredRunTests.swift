import Engine
import Model
import TestSupport
import Testing

@Suite struct `A run with filters` {
  private static func world(_ filters: ScopeFilter..., mode: Scope.Mode = .all) throws -> World {
    var world = try World(mode)
    world.use(filters)
    return world
  }

  private static func sales(kind: ResourceKind? = .user) throws -> ScopeFilter {
    ScopeFilter(kind: kind, clauses: [try ScopeClause("department", .equals, "Sales")])
  }

  private static func held(in world: World) -> Set<GUID> {
    Set(world.sink.held.filter(\.resource.isActive).map(\.resource.externalID))
  }

  @Test func `follows an attribute that only a filter reads`() async throws {
    let world = try Self.world(Self.sales())
    await world.populate()
    await world.directory.set(.numbered(11), "department", "Sales")
    try await world.run()
    #expect(Self.held(in: world) == [.numbered(11), .numbered(30)])

    await world.directory.set(.numbered(21), "department", "Sales")
    await world.directory.set(.numbered(11), "department", "Finance")
    try await world.run()
    #expect(Self.held(in: world) == [.numbered(21), .numbered(30)])
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(21)])
  }

  @Test func `reads everything again for attributes that were not asked for before`() async throws {
    var world = try Self.world()
    await world.populate()
    await world.directory.set(.numbered(12), "department", "Sales")
    try await world.run()
    let reads = await world.directory.fullReads

    world.use([try Self.sales()])
    try await world.run()
    #expect(await world.directory.fullReads == reads + 1)
    #expect(Self.held(in: world) == [.numbered(12), .numbered(30)])

    world.use([ScopeFilter(kind: .user, clauses: [try ScopeClause("department", .isNull)])])
    try await world.run()
    #expect(await world.directory.fullReads == reads + 1)
    #expect(Self.held(in: world) == [11, 21, 22, 30].reduce(into: []) { $0.insert(.numbered($1)) })
  }

  @Test func `leaves a user exactly as it is on whose value a pattern costs too much`() async throws {
    let world = try Self.world(
      ScopeFilter(kind: .user, clauses: [try ScopeClause("department", .regexMatch, "(a+)+")])
    )
    await world.populate()
    await world.directory.set(.numbered(11), "department", "aaa")
    let costly = String(repeating: "a", count: 40) + "b"
    await world.directory.set(.numbered(12), "department", costly)
    try await world.run()
    #expect(Self.held(in: world) == [.numbered(11), .numbered(30)])
    #expect(try await world.link(.numbered(12))?.lastError?.contains("filter 1, clause 1") == true)
    world.sink.forgetOperations()

    await world.directory.set(.numbered(11), "department", costly)
    await world.directory.set(.numbered(11), "title", "Head")
    try await world.run()
    #expect(world.sink.operations.isEmpty)
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
    #expect(try await world.link(.numbered(11))?.lastError?.contains("too many steps") == true)

    await world.directory.set(.numbered(11), "department", "aaaa")
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Head"))
    await world.directory.set(.numbered(11), "department", "b")
    try await world.run()
    #expect(Self.held(in: world) == [.numbered(30)])
  }

  @Test(arguments: ["User_7d0c", "Group_7d0c"])
  func `never sends back what was written back from the cloud`(description: String) async throws {
    let world = try World(.groups("CN=Team,OU=Sales"))
    await world.populate()
    await world.directory.set(.numbered(11), "adminDescription", description)
    await world.directory.set(.numbered(21), "adminDescription", "Users of the lab")
    try await world.run()
    #expect(Self.held(in: world) == [.numbered(21), .numbered(30)])
    await world.directory.set(.numbered(30), "adminDescription", description)
    await world.directory.set(.numbered(11), "adminDescription", "")
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [])
    #expect(world.sink.held(.numbered(11))?.resource.isActive == true)
  }
}

extension World {
  fileprivate mutating func use(_ filters: [ScopeFilter]) {
    let scope = configuration.scope
    configuration = Configuration(
      name: configuration.name,
      domain: configuration.domain,
      isEnabled: true,
      interval: configuration.interval,
      scope: Scope(mode: scope.mode, excluded: scope.excluded, kinds: scope.kinds, filters: filters),
      mapping: configuration.mapping,
      onLeaveScope: configuration.onLeaveScope,
      sendsNestedGroups: configuration.sendsNestedGroups,
      deleteGuard: .off
    )
  }
}
