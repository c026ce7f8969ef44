import Engine
import Model
import TestSupport
import Testing

@Suite("Names that pass from one to another", .timeLimit(.minutes(1)))
struct ReplacedLeaverTests {
  @Test("who was refused for a leaver's name has it in the same run")
  func replacement() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    await world.directory.delete(.numbered(11))
    _ = await world.directory.create(40, .user, "User 40", in: .numbered(10), World.person(40))
    world.sink.inject(.answer(.rejected(code: "uniqueness", reason: "11 has this userName")))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
    #expect(world.sink.held(.numbered(40)) != nil)
  }

  @Test("what is refused for its name is not tried for ever in one run")
  func stubborn() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    await world.directory.delete(.numbered(11))
    _ = await world.directory.create(40, .user, "User 40", in: .numbered(10), World.person(40))
    world.sink.inject(.answer(.rejected(code: "uniqueness", reason: "taken")), for: .numbered(40))
    try await world.run()
    #expect(world.sink.operations.count { $0.guid == .numbered(40) } == 2)
  }
}
