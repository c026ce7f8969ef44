import Engine
import Model
import TestSupport
import Testing

@Suite("What the directory has forgotten", .timeLimit(.minutes(1)))
struct PurgeTests {
  private let user = GUID.numbered(11)

  private func object(_ world: World) async throws -> ObjectRecord {
    let object = try await world.store.read { [user] in try $0.object(user) }
    return try #require(object)
  }

  private func deleteUser(_ leaving: LeavingPolicy) async throws -> World {
    let world = try World(leaving: leaving)
    await world.populate()
    try await world.run()
    await world.directory.delete(user)
    try await world.run()
    return world
  }

  @Test("is forgotten, but for its GUID, once no sink holds it")
  func forgotten() async throws {
    let world = try await deleteUser(.delete)
    let lifetime = try await world.directory.describe().deletionLifetime + .seconds(365 * 86_400)
    world.time.advance(by: lifetime)
    try await world.run()
    #expect(try await object(world).image != Image())
    world.time.advance(by: .seconds(86_400))
    try await world.run()
    #expect(try await object(world).image == Image())
    #expect(try await object(world).name.isEmpty)
    let groups = try await world.store.read { [user] in try $0.groups(withMember: user) }
    #expect(groups.isEmpty)
  }

  @Test("is kept while a sink holds it")
  func held() async throws {
    let world = try await deleteUser(.disable)
    let lifetime = try await world.directory.describe().deletionLifetime + .seconds(365 * 86_400)
    world.time.advance(by: lifetime + .seconds(90_000))
    try await world.run()
    #expect(try await object(world).image != Image())
  }

  @Test("is read anew when a backup brings it back")
  func back() async throws {
    let world = try await deleteUser(.delete)
    let lifetime = try await world.directory.describe().deletionLifetime + .seconds(365 * 86_400)
    world.time.advance(by: lifetime + .seconds(90_000))
    try await world.run()
    await world.directory.restore(user)
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
  }
}
