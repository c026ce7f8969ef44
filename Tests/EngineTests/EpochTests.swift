import Engine
import Model
import TestSupport
import Testing

@Suite("Domain controllers that come, go and go back", .timeLimit(.minutes(1)))
struct EpochTests {
  private let user = GUID.numbered(11)

  private func source(_ world: World) async throws -> SourceRecord {
    try #require(try await world.store.read { try $0.source(domain: "corp.example.test") })
  }

  @Test("a controller that was restored from a backup is read in full")
  func restored() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.failOver(to: "dc1.corp.example.test", invocationID: .numbered(0xFFFE))
    try await world.run()
    #expect(await world.directory.fullReads == 2)
    try await world.run()
    #expect(await world.directory.fullReads == 2)
  }

  @Test("what a full answer does not say of an object is not so")
  func forgottenAttribute() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    #expect(world.sink.held(user)?.resource.attributes["title"] != nil)
    await world.directory.set(user, "title", nil)
    await world.directory.failOver(to: "dc1.corp.example.test", invocationID: .numbered(0xFFFE))
    try await world.run()
    #expect(world.sink.held(user) != nil)
    #expect(world.sink.held(user)?.resource.attributes["title"] == nil)
  }

  @Test("another controller goes on from the cookie, and everything is read in full an hour later")
  func failOver() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.failOver(to: "dc2.corp.example.test", invocationID: .numbered(0xFFFE))
    await world.directory.set(user, "title", "Boss")
    try await world.run()
    #expect(await world.directory.fullReads == 1)
    #expect(world.sink.held(user)?.resource.attributes["title"] == .string("Boss"))
    world.time.advance(by: .seconds(3601))
    try await world.run()
    #expect(await world.directory.fullReads == 2)
  }

  @Test("a controller that went back while another was in use is noticed when it is used again")
  func rolledBack() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let first = await world.directory.invocationID
    await world.directory.failOver(to: "dc2.corp.example.test", invocationID: .numbered(0xFFFE))
    try await world.run()
    await world.directory.rollBack(by: 2)
    await world.directory.failOver(to: "dc1.corp.example.test", invocationID: first)
    try await world.run()
    #expect(await world.directory.fullReads == 2)
  }

  @Test("a damaged cookie is not sent")
  func damagedCookie() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    var source = try await source(world)
    source.stableCookie?[0] ^= 1
    try await world.store.write { [source] in try $0.update(source) }
    try await world.run()
    #expect(await world.directory.fullReads == 2)
  }

  @Test("everything is read in full every day")
  func scheduled() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.time.advance(by: .seconds(86_399))
    try await world.run()
    #expect(await world.directory.fullReads == 1)
    world.time.advance(by: .seconds(1))
    try await world.run()
    #expect(await world.directory.fullReads == 2)
    // In several pages, of which only the last one says who is missing.
    #expect(await world.directory.singleReads == 0)
  }

  @Test("changes as many as a full answer has are followed by a full read")
  func largeDelta() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    for number in UInt32(100)..<121 { _ = await world.directory.create(number, .user, "New \(number)") }
    try await world.run()
    #expect(await world.directory.fullReads == 2)
  }

  @Test("nobody is held for gone on the word of a controller that is behind, for a day")
  func vanishedBehind() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    await world.directory.failOver(to: "dc2.corp.example.test", invocationID: .numbered(0xFFFE))
    await world.directory.fallBehind(true)
    await world.directory.hide([user])
    world.time.advance(by: .seconds(10))
    try await world.run()
    world.time.advance(by: .seconds(4000))
    try await world.run()
    #expect(await world.directory.fullReads == 2)
    #expect(world.sink.held(user) != nil)
    #expect(try await source(world).coveredSince != nil)
    await world.directory.fallBehind(false)
    try await world.run()
    #expect(world.sink.held(user) == nil)
    #expect(try await source(world).coveredSince == nil)
  }

  @Test("a restored user waits for a controller that is not behind, and others do not wait for it")
  func restoredBehind() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.delete(user)
    try await world.run()
    await world.directory.failOver(to: "dc2.corp.example.test", invocationID: .numbered(0xFFFE))
    await world.directory.fallBehind(true)
    await world.directory.restore(user)
    await world.directory.addMember(user, to: .numbered(30))
    await world.directory.set(.numbered(12), "title", "Boss")
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == false)
    #expect(world.sink.held(.numbered(12))?.resource.attributes["title"] == .string("Boss"))
    await world.directory.fallBehind(false)
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
    #expect(world.sink.held(.numbered(30))?.members == [user, .numbered(21)])
  }

  @Test("a late change of a deleted user does not bring it back")
  func lateChange() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.delete(user)
    try await world.run()
    await world.directory.set(user, "title", "Late")
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == false)
  }
}

@Suite("Deleted and restored between two reads", .timeLimit(.minutes(1)))
struct UnseenDeletionTests {
  @Test("a user whose memberships were lost by it leaves its groups")
  func lostLinks() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    // Without a recycle bin the restored object has no links, and its groups are not reported.
    await world.directory.delete(.numbered(11))
    await world.directory.restore(.numbered(11))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.isActive == true)
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(21)])
  }
}
