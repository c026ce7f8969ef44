import ADSimulator
import Engine
import LDAP
import Model
import SimulatedLDAP
import TestSupport
import Testing

/// What a domain controller may do that no Samba does.
@Suite("The product under a difficult controller", .timeLimit(.minutes(5)))
struct AdversityTests {
  @Test(arguments: Route.allCases, [0, 1, 3, 11, 40])
  func `a connection that breaks within a page costs nothing but a repetition`(route: Route, after: Int) async throws {
    let world = try Fixture(page: 10)
    let users = try world.people(0..<40)
    _ = try world.group("Team", users)
    try await Product.with(world, by: route) { product in
      try await product.run(failingWith: Self.breaking(after), at: world.controllers[0])
      try await product.expectConvergence()
      for user in users { try world.domain.modify(user, "title", "Changed", at: world.first) }
      try world.domain.deleteTree(users[3], at: world.first)
      try await product.run(failingWith: Self.breaking(after), at: world.controllers[0])
      try await product.expectConvergence()
    }
  }

  @Test(arguments: [1, 5, 1000])
  func `empty pages, repeats with older values first and pages of any size`(page: Int) async throws {
    let world = try Fixture(page: page)
    let users = try world.people(0..<20)
    let group = try world.group("Team", users)
    var faults = ControllerFaults()
    faults.repeats = true
    faults.emptyPages = 5
    try await Product.with(world, by: .direct) { product in
      world.controllers[0].inject(faults)
      try await product.expectConvergence()
      try world.domain.removeMember(users[1], from: group, at: world.first)
      try world.domain.modify(users[2], "title", "New", at: world.first)
      try world.domain.modify(users[3], "mail", nil, at: world.first)
      world.controllers[0].inject(faults)
      try await product.expectConvergence()
    }
  }

  @Test(arguments: [LDAPResultCode.protocolError, .unavailableCriticalExtension, .unwillingToPerform])
  func `a refused cookie leads to a full read and to no change`(code: LDAPResultCode) async throws {
    let world = try Fixture()
    let users = try world.people(0..<10)
    try await Product.with(world, by: .direct) { product in
      try await product.expectConvergence()
      try world.domain.deleteTree(users[1], at: world.first)
      var faults = ControllerFaults()
      faults.cookieRefusal = code
      world.controllers[0].inject(faults)
      try? await product.run()
      try await product.expectConvergence()
    }
  }

  @Test func `the time limit is an incomplete read`() async throws {
    let world = try Fixture()
    for number in 0..<10 { _ = try world.person(number) }
    var faults = ControllerFaults()
    faults.timeLimitAfter = 8
    try await Product.with(world, by: .direct) { product in
      world.controllers[0].inject(faults)
      let error = await #expect(throws: DirectoryError.self) { try await product.run() }
      guard case .incomplete = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(product.sink.operations.isEmpty)
      try await product.expectConvergence()
    }
  }

  @Test func `an invisible object that is deleted goes`() async throws {
    let world = try Fixture()
    let anna = try world.person(1)
    try await Product.with(world, by: .direct) { product in
      try await product.expectConvergence()
      world.domain.hide([anna])
      try world.domain.deleteTree(anna, at: world.first)
      try await product.expectConvergence()
      #expect(product.sink.held(anna) == nil)
    }
  }

  @Test func `heads of other naming contexts are nobody`() async throws {
    var options = ControllerOptions()
    let child = try #require(GUID(bytes: [UInt8](repeating: 9, count: 16)))
    options.subordinateContexts = [
      SubordinateContext(guid: child, name: "DC=child,\(Fixture.base)", instanceType: 11)
    ]
    let world = try Fixture(options)
    _ = try world.person(1)
    try await Product.with(world, by: .direct) { product in
      try await product.expectConvergence()
      #expect(try await product.store.read { try $0.object(child) } == nil)
    }
  }

  @Test func `a confidential attribute is not read as an empty one`() async throws {
    var options = ControllerOptions()
    options.confidentialAttributes = ["mail"]
    let world = try Fixture(options)
    _ = try world.person(1)
    try await Product.with(world, by: .direct) { product in
      let error = await #expect(throws: DirectoryError.self) { try await product.run() }
      guard case .rightsMissing(let what, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(what.contains("mail"))
    }
  }

  @Test(arguments: [true, false])
  func `a controller that goes back in time, or is restored, loses nobody`(isRestore: Bool) async throws {
    let world = try Fixture(controllers: 2)
    let users = try world.people(0..<10)
    world.domain.replicateAll()
    try await Product.with(world, by: .direct) { product in
      let snapshot = world.domain.snapshot(of: world.first)
      _ = try world.person(20)
      try world.domain.deleteTree(users[1], at: world.first)
      world.domain.replicateAll()
      try await product.expectConvergence()
      if isRestore {
        world.domain.restoreFromBackup(world.first, to: snapshot)
        world.domain.replicateAll()
      } else {
        world.domain.rollBack(world.first, to: snapshot)
        world.domain.stop(world.first)
      }
      product.time.advance(by: .seconds(60))
      try await product.expectConvergence(at: 1)
    }
  }

  private static func breaking(_ count: Int) -> ControllerFaults {
    var faults = ControllerFaults()
    faults.breakAfter = count
    return faults
  }
}

extension Product {
  /// A run for which only the sink must be spared what is wrong.
  func run(failingWith faults: ControllerFaults, at controller: SimulatedController) async throws {
    controller.inject(faults)
    do {
      try await run()
    } catch is DirectoryError {}
    controller.inject(ControllerFaults())
  }
}
