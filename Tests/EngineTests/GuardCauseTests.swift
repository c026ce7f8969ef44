import Engine
import Model
import TestSupport
import Testing

@Suite("The delete guard, when something else than people's work is the cause", .timeLimit(.minutes(1)))
struct GuardCauseTests {
  private func holds(_ world: World) async throws -> Holds {
    try await HoldDecider(store: world.store, configuration: world.configuration.name).holds(limit: 100)
  }

  private func approve(_ world: World) async throws {
    let decider = HoldDecider(store: world.store, configuration: world.configuration.name)
    let digest = try await decider.holds(limit: 0).digest
    _ = try await decider.decide(.approve, digest: digest, at: world.time.now())
  }

  @Test("holds even one leaver after a change of the configuration, once")
  func configurationChanged() async throws {
    var world = try World(leaving: .delete, deleteGuard: .standard)
    await world.populate()
    try await world.run()
    let narrowed = try World(
      excluded: ["CN=User 11,OU=Sales,DC=corp,DC=example,DC=test"],
      leaving: .delete,
      deleteGuard: .standard
    )
    world.configuration = narrowed.configuration
    try await world.run()
    #expect(world.sink.held(.numbered(11)) != nil)
    let held = try await holds(world)
    #expect(held.count == 1)
    #expect(held.following > 0)
    #expect(held.reason == "the configuration was changed")
    #expect(world.sink.held(.numbered(30))?.members.contains(.numbered(11)) == true)
    try await approve(world)
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
    await world.directory.delete(.numbered(12))
    try await world.run()
    #expect(world.sink.held(.numbered(12)) == nil)
  }

  @Test("takes no pause of a configuration for a change")
  func disabledForAWhile() async throws {
    let world = try World(leaving: .delete, deleteGuard: .standard)
    await world.populate()
    try await world.run()
    let pipeline = world.pipeline
    await pipeline.use([])
    _ = try await pipeline.refresh()
    await world.directory.delete(.numbered(12))
    try await world.run()
    #expect(world.sink.held(.numbered(12)) == nil)
  }

  @Test("holds what is gone without a trace")
  func vanished() async throws {
    let world = try World(leaving: .delete, deleteGuard: .standard)
    await world.populate()
    try await world.run()
    _ = await world.directory.moveAway(.numbered(12))
    try await world.pipeline.requireFullRead("test")
    try await world.run()
    #expect(world.sink.held(.numbered(12)) != nil)
    #expect(try await holds(world).reason?.contains("without a trace") == true)
  }

  @Test("holds what a restart that reads the directory anew would delete")
  func reset() async throws {
    let world = try World(leaving: .delete, deleteGuard: .standard)
    await world.populate()
    try await world.run()
    let record = try #require(try await world.store.read { try $0.configuration(named: world.configuration.name) })
    await world.directory.delete(.numbered(12))
    try await Resetter(store: world.store, domain: world.configuration.domain, configuration: record.id)
      .apply([.watermark], at: world.time.now())
    try await world.run()
    #expect(world.sink.held(.numbered(12)) != nil)
    #expect(try await holds(world).count == 1)
  }

  @Test("holds a group that loses too many members, whoever they are")
  func members() async throws {
    var limits = DeleteGuard.standard
    limits.members = .init(percent: 30, minimum: 5)
    let world = try World(deleteGuard: limits)
    let (team, crew) = (
      await world.directory.create(100, .group, "Team"), await world.directory.create(101, .group, "Crew")
    )
    for number in UInt32(1)...10 {
      let user = await world.directory.create(number, .user, "User \(number)", World.person(number))
      await world.directory.addMember(user, to: team)
      await world.directory.addMember(user, to: crew)
    }
    try await world.run()
    for number in UInt32(1)...4 { await world.directory.removeMember(.numbered(number), from: team) }
    await world.directory.removeMember(.numbered(9), from: crew)
    try await world.run()
    #expect(world.sink.held(team)?.members.count == 10)
    #expect(world.sink.held(crew)?.members.count == 9)
    let held = try await holds(world)
    #expect(held.count == 4)
    #expect(held.reason?.contains("4 of 10 members of Team") == true)
    try await approve(world)
    try await world.run()
    #expect(world.sink.held(team)?.members.count == 6)
    // Two more are within 30 % of six; a third would not be.
    await world.directory.removeMember(.numbered(5), from: team)
    try await world.run()
    #expect(world.sink.held(team)?.members.count == 5)
  }

  @Test("empties a group that left only when that was let through")
  func groupLeaves() async throws {
    var limits = DeleteGuard.standard
    limits.kind.minimum = 0
    let world = try World(deleteGuard: limits)
    await world.populate()
    try await world.run()
    let before = try #require(world.sink.held(.numbered(30))?.members)
    #expect(!before.isEmpty)
    await world.directory.delete(.numbered(30))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == before)
    #expect(try await holds(world).operations.map(\.action) == [.empty])
    try await approve(world)
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [])
  }
}
