import Engine
import Model
import TestSupport
import Testing

@Suite("Groups of a domain that is being read in full", .timeLimit(.minutes(1)))
struct IncompleteDomainTests {
  private let user = GUID.numbered(51)
  private let team = GUID.numbered(30)

  /// The user is in scope only by way of a group of the other domain.
  private func prepared() async throws -> TwoDomains {
    let world = TwoDomains(sharingSink: false, rightMode: try .groups("CN=Crew", in: "right"))
    await world.populate()
    await world.right.directory.removeMember(user, from: .numbered(60))
    await world.right.directory.addMember(team, to: .numbered(60))
    await world.left.directory.addMember(user, to: team)
    try await world.runBoth()
    try await world.runBoth()
    #expect(world.right.sink.held(user) != nil)
    return world
  }

  /// What the object entry of a group does, before its links are delivered.
  private func loseSight(_ world: TwoDomains, isReading: Bool) async throws {
    let now = world.time.now()
    try await world.store.write { [user, team] store in
      guard var source = try store.source(domain: "left.example.test"), let group = try store.object(team),
        let member = try store.object(user)
      else { return }
      source.isFullCycle = isReading
      source.cycleBegan = now
      try store.update(source)
      _ = try store.removeEdge(group.id, user)
      try store.markDirty(member.id, nil)
    }
  }

  @Test("take nobody out of another domain's scope")
  func waits() async throws {
    let world = try await prepared()
    try await loseSight(world, isReading: true)
    try await world.run(world.right)
    #expect(world.right.sink.held(user) != nil)
  }

  @Test("do, once it was read to its end, or for longer than a day")
  func ends() async throws {
    let world = try await prepared()
    try await loseSight(world, isReading: true)
    world.time.advance(by: .seconds(86_401))
    try await world.run(world.right)
    #expect(world.right.sink.held(user) == nil)

    let other = try await prepared()
    try await loseSight(other, isReading: false)
    try await other.run(other.right)
    #expect(other.right.sink.held(user) == nil)
  }
}
