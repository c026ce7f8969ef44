import ADSimulator
import ActiveDirectory
import Engine
import LDAP
import Model
import SimulatedLDAP
import TestSupport
import Testing

/// From a domain controller as Windows has it to the sink, with nothing of the agent replaced but store and sink.
@Suite("The product over the simulated controller", .timeLimit(.minutes(5)))
struct ProductTests {
  @Test(arguments: [(Route.direct, 350, 100), (.wire, 3500, 1500)])
  func `a full import with a large group, then deltas`(route: Route, count: Int, range: Int) async throws {
    var options = ControllerOptions()
    options.maxValRange = range
    let world = try Fixture(options)
    let users = try world.people(0..<count)
    let group = try world.group("Giant", users)
    let legacy = try world.group("Legacy")
    try world.domain.addMember(users[0], to: legacy, isLegacy: true, at: world.first)
    try world.domain.addMember(users[1], to: legacy, at: world.first)
    try await Product.with(world, by: route) { product in
      try await product.expectConvergence()
      #expect(product.sink.held(group)?.members.count == count)
      #expect(product.sink.held(legacy)?.members == [users[0], users[1]])

      let (domain, first) = (world.domain, world.first)
      try domain.removeMember(users[5], from: group, at: first)
      try domain.removeMember(users[0], from: legacy, at: first)
      try domain.modify(users[6], "title", "Clerk", at: first)
      try domain.modify(users[7], "mail", nil, at: first)
      try domain.deleteTree(users[8], at: first)
      try domain.setPrimaryGroup(users[9], group, at: first)
      try domain.place(users[10], name: "Renamed", at: first)
      try await product.expectConvergence()
      #expect(product.sink.held(group)?.members.count == count - 2)

      try domain.restore(users[8], at: first)
      try await product.expectConvergence()
      #expect(product.sink.held(group)?.members.contains(users[8]) == true)
    }
  }

  @Test(arguments: Route.allCases, [7, 1000])
  func `fail-over to the second controller and back loses nothing`(route: Route, page: Int) async throws {
    let world = try Fixture(controllers: 2, page: page)
    let users = try world.people(0..<30)
    let group = try world.group("Team", Array(users.prefix(20)))
    world.domain.replicateAll()
    try await Product.with(world, by: route) { product in
      try await product.expectConvergence()
      #expect(try await product.directory.describe().controller == world.controllers[0].name)

      let (first, second) = (world.domain.controllers[0], world.domain.controllers[1])
      // The first has told of what the second does not have yet.
      try world.domain.modify(users[3], "title", "Told already", at: first)
      try await product.expectConvergence()
      world.domain.stop(first)
      try world.domain.removeMember(users[1], from: group, at: second)
      try world.domain.modify(users[3], "mail", "new@corp.example.test", at: second)
      _ = try world.person(31, at: 1)
      product.time.advance(by: .seconds(60))
      try await product.run()
      #expect(try await product.directory.describe().controller == world.controllers[1].name)
      // Beyond the first page of a cycle no cookie says what was told elsewhere (MS-DRSR 5.115.10).
      if page == 1000 {
        #expect(product.sink.held(users[3])?.resource.attributes["title"] == .string("Told already"))
      }

      world.domain.start(first)
      world.domain.replicateAll()
      try await product.expectConvergence(at: 1)
      world.domain.stop(second)
      try world.domain.deleteTree(users[4], at: first)
      product.time.advance(by: .seconds(60))
      try await product.expectConvergence()
      #expect(try await product.directory.describe().controller == world.controllers[0].name)
    }
  }

  /// Reading it at once would bring back the old list, and no later DirSync would correct that.
  @Test(arguments: Route.allCases, [true, false])
  func `a group that must be read in full waits until the new controller has what the old one told`(
    route: Route,
    mergesVectors: Bool
  ) async throws {
    let world = try Fixture(controllers: 2, mergesVectors: mergesVectors)
    let users = try world.people(0..<4)
    let group = try world.group("Team", [users[0]])
    world.domain.replicateAll()
    try await Product.with(world, by: route) { product in
      try await product.expectConvergence()
      let (first, second) = (world.domain.controllers[0], world.domain.controllers[1])
      try world.domain.addMember(users[1], to: group, at: first)
      try await product.expectConvergence()
      world.domain.stop(first)
      try world.domain.addMember(users[2], to: group, isLegacy: true, at: second)
      product.time.advance(by: .seconds(60))
      for _ in 0..<3 { try await product.run() }
      #expect(product.sink.held(group)?.members.contains(users[1]) == true)
      world.domain.start(first)
      world.domain.replicateAll()
      try await product.expectConvergence(at: 1)
      #expect(product.sink.held(group)?.members == [users[0], users[1], users[2]])
    }
  }

  @Test(arguments: Route.allCases)
  func `a read-only controller is passed over`(route: Route) async throws {
    let world = try Fixture(controllers: 2)
    _ = try world.person(1)
    world.domain.replicateAll()
    world.controllers[0].change { $0.isReadOnly = true }
    try await Product.with(world, by: route) { product in
      try await product.expectConvergence(at: 1)
      #expect(try await product.directory.describe().controller == world.controllers[1].name)
    }
  }

  @Test(arguments: Route.allCases)
  func `where DirSync is refused, uSNChanged is polled`(route: Route) async throws {
    var options = ControllerOptions()
    options.mayUseObjectSecurity = false
    options.maxValRange = 40
    options.maxPageSize = 50
    let world = try Fixture(options)
    let users = try world.people(0..<120)
    let group = try world.group("Large", users)
    try await Product.with(world, by: route) { product in
      try await product.expectConvergence()
      #expect(try await product.directory.describe().method == .updateSequence)
      #expect(product.sink.held(group)?.members.count == 120)
      try world.domain.removeMember(users[5], from: group, at: world.first)
      try world.domain.deleteTree(users[6], at: world.first)
      try world.domain.modify(users[7], "mail", nil, at: world.first)
      try await product.expectConvergence()
      #expect(product.sink.held(group)?.members.count == 118)
    }
  }

  @Test(arguments: Route.allCases)
  func `with the replication right alone DirSync is asked without object security`(route: Route) async throws {
    var options = ControllerOptions()
    options.mayUseObjectSecurity = false
    options.mayReplicate = true
    let world = try Fixture(options)
    _ = try world.person(1)
    try await Product.with(world, by: route) { product in
      try await product.expectConvergence()
      #expect(try await product.directory.describe().method == .replication)
    }
  }
}

extension Fixture {
  func people(_ numbers: Range<Int>, at controller: Int = 0) throws -> [GUID] {
    try domain.create(
      .user,
      names: numbers.map { "Person \($0)" },
      in: domain.usersContainer,
      attributes: { name in
        let account = name.filter { $0 != " " }.lowercased()
        return [
          "sAMAccountName": account, "userPrincipalName": "\(account)@corp.example.test",
          "mail": "\(account)@corp.example.test", "title": "Person", "givenName": "Person", "sn": name,
        ]
      },
      at: domain.controllers[controller]
    )
  }

  func person(_ number: Int, at controller: Int = 0) throws -> GUID {
    try #require(try people(number..<number + 1, at: controller).first)
  }
}
