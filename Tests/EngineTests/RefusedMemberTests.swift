import Engine
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@Suite("A member that the sink refuses", .timeLimit(.minutes(1)))
struct RefusedMemberTests {
  @Test("a membership that the sink refuses does not hold back the others of its group")
  func refusedMembership() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let sink = PickySink(world.sink, refusing: .numbered(12))
    func run() async throws {
      try await world.run(sink)
      world.time.advance(by: .seconds(7200))
    }
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    try await run()
    for number in UInt32(100)..<104 {
      let user = await world.directory.create(number, .user, "User \(number)", World.person(number))
      await world.directory.addMember(user, to: .numbered(30))
    }
    try await run()
    await world.directory.removeMember(.numbered(21), from: .numbered(30))
    for _ in 0..<20 { try await run() }
    #expect(world.sink.held(.numbered(30))?.members == Set([11, 100, 101, 102, 103].map(GUID.numbered)))
  }

  @Test("nor is what the sink took with it sent again for ever")
  func refusedMembershipRepeats() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let sink = PickySink(world.sink, refusing: .numbered(12))
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    await world.directory.addMember(.numbered(22), to: .numbered(30))
    for _ in 0..<10 {
      try await world.run(sink)
      world.time.advance(by: .seconds(7200))
    }
    let sent = sink.added.count { $0 == .numbered(22) }
    #expect(sent <= 2, "sent \(sent) times")
  }
}
