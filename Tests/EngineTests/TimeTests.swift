import Engine
import Model
import TestSupport
import Testing

@Suite("What changes by the clock alone", .timeLimit(.minutes(1)))
struct TimeTests {
  private let user = GUID.numbered(11)

  @Test("an account that expires loses its access, and has it again when the date is moved")
  func accountExpires() async throws {
    let world = try World()
    await world.populate()
    let expiry = (world.time.now() + .seconds(1000)).milliseconds
    await world.directory.set(user, "accountExpires", "\((expiry + 11_644_473_600_000) * 10_000)")
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
    world.time.advance(by: .seconds(1000))
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == false)
    await world.directory.set(user, "accountExpires", "0")
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
  }

  @Test("what was taken for passed is looked at again when the clock goes back")
  func clockGoesBack() async throws {
    let world = try World()
    await world.populate()
    let expiry = (world.time.now() + .seconds(1000)).milliseconds
    await world.directory.set(user, "accountExpires", "\((expiry + 11_644_473_600_000) * 10_000)")
    await world.directory.addMember(.numbered(12), to: .numbered(30), lasting: .seconds(900))
    try await world.run()
    world.time.advance(by: .seconds(1000))
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == false)
    world.time.advance(by: .seconds(-990))
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
    #expect(world.sink.held(.numbered(30))?.members.contains(.numbered(12)) == true)
    world.time.advance(by: .seconds(990))
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == false)
  }

  @Test("what waits since the clock was years ahead does not wait for those years")
  func clockWasFarAhead() async throws {
    let world = try World(leaving: .disable, deleteAfter: .seconds(86_400))
    await world.populate()
    try await world.run()
    let years = Duration.seconds(10 * 365 * 86_400)
    world.time.advance(by: years)
    await world.directory.set(user, "title", "Boss")
    await world.directory.delete(.numbered(12))
    world.sink.inject(.answer(.rejected(code: "invalidValue", reason: "no")), for: user)
    try await world.run()
    #expect(try await world.link(user)?.state == .escrow)
    world.sink.inject(nil, for: user)
    world.time.advance(by: .zero - years)
    try await world.run()
    world.time.advance(by: .seconds(86_400))
    try await world.run()
    #expect(world.sink.held(user)?.resource.attributes["title"] == .string("Boss"))
    #expect(world.sink.held(.numbered(12)) == nil)
  }

  @Test("a membership with an end ends, and one whose end was moved does not")
  func memberLifetimes() async throws {
    let world = try World()
    await world.populate()
    await world.directory.addMember(.numbered(12), to: .numbered(30), lasting: .seconds(600))
    await world.directory.addMember(.numbered(22), to: .numbered(30), lasting: .seconds(600))
    try await world.run()
    let members = Set([11, 12, 21, 22].map { GUID.numbered($0) })
    #expect(world.sink.held(.numbered(30))?.members == members)
    await world.directory.addMember(.numbered(22), to: .numbered(30))
    try await world.run()
    world.time.advance(by: .seconds(600))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == members.subtracting([.numbered(12)]))
  }

  @Test("the loser of a replication conflict is neither made nor taken away, and is told")
  func conflict() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.place(user, name: "User 11\nCNF:\(user)")
    await world.directory.set(user, "title", "Boss")
    let other = await world.directory.create(
      40,
      .user,
      "User 12\nCNF:\(GUID.numbered(40))",
      World.person(40)
    )
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
    #expect(world.sink.held(user)?.resource.attributes["title"] == .string("Clerk"))
    #expect(world.sink.held(other) == nil)
    #expect(try await world.link(other)?.lastError?.contains("conflict") == true)
    await world.directory.place(user, name: "User 11")
    try await world.run()
    #expect(world.sink.held(user)?.resource.attributes["title"] == .string("Boss"))
  }
}
