import Engine
import Model
import TestSupport
import Testing

@Suite("The delete guard", .timeLimit(.minutes(1)))
struct GuardTests {
  private static let limits = DeleteGuard(
    count: 500,
    kind: .init(percent: 5, minimum: 3),
    container: .init(percent: 50, minimum: 4),
    members: .init(percent: 30, minimum: 5)
  )

  /// Twenty users in an OU, all members of a group, and five users beside.
  private func populated(leaving: LeavingPolicy = .disable, limits: DeleteGuard = limits) async throws -> World {
    let world = try World(leaving: leaving, deleteGuard: limits)
    let staff = await world.directory.create(100, .organizationalUnit, "Staff")
    let team = await world.directory.create(101, .group, "Team")
    for number in UInt32(1)...20 {
      let user = await world.directory.create(number, .user, "User \(number)", in: staff, World.person(number))
      await world.directory.addMember(user, to: team)
    }
    for number in UInt32(31)...35 {
      _ = await world.directory.create(number, .user, "User \(number)", World.person(number))
    }
    try await world.run()
    #expect(world.sink.held.count == 26)
    world.sink.forgetOperations()
    return world
  }

  private func decider(_ world: World) -> HoldDecider {
    HoldDecider(store: world.store, configuration: world.configuration.name)
  }

  private func isActive(_ number: UInt32, _ world: World) -> Bool {
    world.sink.held(.numbered(number))?.resource.isActive == true
  }

  @Test("lets pass what is within the limits")
  func within() async throws {
    let world = try await populated()
    for number in [UInt32(1), 2] { await world.directory.delete(.numbered(number)) }
    try await world.run()
    #expect(!isActive(1, world) && !isActive(2, world))
    #expect(try await decider(world).holds(limit: 10) == Holds())
  }

  @Test("holds all that is too much at once, and lets everything else flow")
  func tooMuch() async throws {
    let world = try await populated()
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    await world.directory.set(.numbered(1), "title", "Boss")
    _ = await world.directory.create(40, .user, "User 40", World.person(40))
    try await world.run()
    #expect((UInt32(31)...34).allSatisfy { isActive($0, world) })
    #expect(world.sink.held(.numbered(1))?.resource.attributes["title"] == .string("Boss"))
    #expect(world.sink.held(.numbered(40)) != nil)
    let holds = try await decider(world).holds(limit: 3)
    #expect(holds.count == 4)
    #expect(holds.operations.count == 3)
    #expect(holds.operations.allSatisfy { $0.action == .disable })
    #expect(holds.reason?.contains("4 of 25 users") == true)
    world.sink.forgetOperations()
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }

  @Test("counts over the window, so that a slow drip is held as well")
  func drip() async throws {
    let world = try await populated()
    for number in UInt32(31)...35 {
      await world.directory.delete(.numbered(number))
      try await world.run()
      world.time.advance(by: .seconds(3600))
    }
    #expect((UInt32(31)...35).map { isActive($0, world) } == [false, false, false, true, true])
    // Beyond the window it counts no more; what is held waits for a person all the same.
    world.time.advance(by: .seconds(86_400))
    await world.directory.delete(.numbered(1))
    try await world.run()
    #expect(!isActive(1, world))
    #expect(isActive(34, world))
  }

  @Test("does what was approved, and nothing that came since")
  func approved() async throws {
    let world = try await populated(leaving: .delete)
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    try await world.run()
    let shown = try await decider(world).holds(limit: 10)
    await world.directory.delete(.numbered(35))
    try await world.run()
    await #expect(throws: HoldError.self) {
      try await decider(world).decide(.approve, digest: shown.digest, at: world.time.now())
    }
    let present = try await decider(world).holds(limit: 10)
    #expect(present.count == 5)
    let decided = try await decider(world).decide(.approve, digest: present.digest, at: world.time.now())
    #expect(decided == 5)
    try await world.run()
    #expect((UInt32(31)...35).allSatisfy { world.sink.held(.numbered($0)) == nil })
    #expect(try await decider(world).holds(limit: 10) == Holds())
    // What a person agreed to does not use up the limit.
    await world.directory.delete(.numbered(1))
    try await world.run()
    #expect(world.sink.held(.numbered(1)) == nil)
  }

  @Test("asks again when an approval was not used within a day")
  func approvalExpires() async throws {
    let world = try await populated(leaving: .delete)
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    try await world.run()
    let holds = try await decider(world).holds(limit: 10)
    _ = try await decider(world).decide(.approve, digest: holds.digest, at: world.time.now())
    world.sink.failToOpen(SinkUnavailable("down"))
    _ = try? await world.run()
    world.time.advance(by: .seconds(86_401))
    world.sink.failToOpen(nil)
    try await world.run()
    #expect((UInt32(31)...34).allSatisfy { isActive($0, world) })
    #expect(try await decider(world).holds(limit: 10).digest == holds.digest)
  }

  @Test("leaves alone what was rejected, until the object changes or a reset asks again")
  func rejected() async throws {
    let world = try await populated(leaving: .delete)
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    try await world.run()
    let holds = try await decider(world).holds(limit: 10)
    _ = try await decider(world).decide(.reject, digest: holds.digest, only: [.numbered(31)], at: world.time.now())
    let rest = try await decider(world).holds(limit: 10)
    #expect(rest.count == 3)
    _ = try await decider(world).decide(.approve, digest: rest.digest, at: world.time.now())
    try await world.run()
    #expect(isActive(31, world))
    #expect((UInt32(32)...34).allSatisfy { world.sink.held(.numbered($0)) == nil })
    await #expect(throws: HoldError.nothingHeld) {
      try await decider(world).decide(.approve, digest: rest.digest, at: world.time.now())
    }
    let record = try #require(try await world.store.read { try $0.configuration(named: world.configuration.name) })
    let resetter = Resetter(store: world.store, domain: world.configuration.domain, configuration: record.id)
    try await resetter.apply([.escrows], at: world.time.now())
    try await world.run()
    #expect(isActive(31, world))
    let again = try await decider(world).holds(limit: 10)
    _ = try await decider(world).decide(.approve, digest: again.digest, at: world.time.now())
    try await world.run()
    #expect(world.sink.held(.numbered(31)) == nil)
  }

  @Test("does not let a held disable become a delete when the time of grace is over")
  func graceOfTheHeld() async throws {
    let world = try World(leaving: .disable, deleteAfter: .seconds(86_400), deleteGuard: Self.limits)
    for number in UInt32(31)...35 {
      _ = await world.directory.create(number, .user, "User \(number)", World.person(number))
    }
    try await world.run()
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    try await world.run()
    let held = try await decider(world).holds(limit: 10)
    _ = try await decider(world).decide(.reject, digest: held.digest, only: [.numbered(31)], at: world.time.now())
    world.time.advance(by: .seconds(3 * 86_400))
    try await world.run()
    #expect((UInt32(31)...34).allSatisfy { isActive($0, world) })
    #expect(try await decider(world).holds(limit: 10).operations.allSatisfy { $0.action == .delete })
  }

  @Test("switched off lets go what it held")
  func switchedOff() async throws {
    var world = try await populated(leaving: .delete)
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    try await world.run()
    world.configuration = try World(leaving: .delete, deleteGuard: .off).configuration
    try await world.run()
    #expect((UInt32(31)...34).allSatisfy { world.sink.held(.numbered($0)) == nil })
  }

  @Test("holds nothing any more of who comes back")
  func back() async throws {
    let world = try await populated()
    for number in UInt32(31)...34 { await world.directory.delete(.numbered(number)) }
    try await world.run()
    for number in UInt32(31)...34 { await world.directory.restore(.numbered(number)) }
    try await world.run()
    #expect(try await decider(world).holds(limit: 10) == Holds())
    #expect((UInt32(31)...34).allSatisfy { isActive($0, world) })
    #expect(world.sink.operations.isEmpty)
  }

  @Test("holds a container that loses too much, and no other one")
  func container() async throws {
    var limits = Self.limits
    limits.kind = .init(percent: 90, minimum: 0)
    let world = try await populated(limits: limits)
    for number in [UInt32(1), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 31] { await world.directory.delete(.numbered(number)) }
    try await world.run()
    #expect((UInt32(1)...11).allSatisfy { isActive($0, world) })
    #expect(!isActive(31, world))
    #expect(try await decider(world).holds(limit: 1).reason?.contains("in Staff") == true)
  }
}
