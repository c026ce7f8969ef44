import Engine
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@Suite("What must not be lost", .timeLimit(.minutes(1)))
struct LostChangeTests {
  @Test("a group found gone while its members are sent is made anew")
  func groupLostFoundByMembers() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.lose(.numbered(30))
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    try await world.run()
    try await world.run()
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12), .numbered(21)])
  }

  @Test("a membership that ended while the scope did not stand ends in the sink afterwards")
  func memberRemovedWhileLeftOut() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
    await world.directory.delete(.numbered(10))
    await world.directory.removeMember(.numbered(11), from: .numbered(30))
    await #expect(throws: ScopeError.self) { try await world.run() }
    await world.directory.restore(.numbered(10))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [])
  }

  @Test("the same when the configuration was disabled while another read the domain")
  func memberRemovedWhileDisabled() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    var other = try World().configuration
    other = Configuration(
      name: "other",
      domain: other.domain,
      isEnabled: true,
      interval: other.interval,
      scope: other.scope,
      mapping: other.mapping,
      onLeaveScope: other.onLeaveScope,
      deleteGuard: .off
    )
    let pipeline = world.pipeline
    await pipeline.use([other])
    await world.directory.removeMember(.numbered(21), from: .numbered(30))
    _ = try await pipeline.refresh()
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
  }

  @Test("a membership that ended while its member was kept ends when the member comes back")
  func keptMemberComesBack() async throws {
    let world = try World(.units("OU=Sales"), leaving: .keep)
    await world.populate()
    try await world.run()
    await world.directory.place(.numbered(11), in: .numbered(20))
    try await world.run()
    await world.directory.removeMember(.numbered(11), from: .numbered(30))
    try await world.run()
    await world.directory.place(.numbered(11), in: .numbered(10))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [])
  }

  @Test("a delete without answer is looked up when its object comes back", arguments: [UInt32(11), 30])
  func deleteInDoubtComesBack(number: UInt32) async throws {
    let world = try World(.units("OU=Sales"), leaving: .delete)
    await world.populate()
    try await world.run()
    world.sink.inject(.applyThen(.unknown(reason: "timeout")), for: .numbered(number))
    await world.directory.place(.numbered(number), in: .numbered(20))
    try await world.run()
    world.sink.inject(nil, for: .numbered(number))
    await world.directory.place(.numbered(number), in: .numbered(10))
    for _ in 0..<3 {
      world.time.advance(by: .seconds(7200))
      try await world.run()
    }
    #expect(world.sink.held(.numbered(number)) != nil)
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
  }

  @Test("a group that is found again keeps the removals that were pending")
  func removalsOutliveAdoption() async throws {
    let world = try World(.units("OU=Sales"), leaving: .delete)
    await world.populate()
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    try await world.run()
    world.sink.inject(.answer(.retry(reason: "busy")), for: .numbered(30))
    await world.directory.place(.numbered(30), in: .numbered(20))
    try await world.run()
    await world.directory.removeMember(.numbered(12), from: .numbered(30))
    try await world.run()
    world.sink.inject(nil, for: .numbered(30))
    await world.directory.place(.numbered(30), in: .numbered(10))
    for _ in 0..<2 {
      world.time.advance(by: .seconds(7200))
      try await world.run()
    }
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
  }

  @Test("who left under keep before the sink took them is created when they come back")
  func keptAndBack() async throws {
    let world = try World(.units("OU=Sales"), leaving: .keep)
    await world.populate()
    world.sink.inject(.answer(.unknown(reason: "timeout")), for: .numbered(11))
    try await world.run()
    world.sink.inject(nil, for: .numbered(11))
    await world.directory.place(.numbered(11), in: .numbered(20))
    world.time.advance(by: .seconds(7200))
    try await world.run()
    await world.directory.place(.numbered(11), in: .numbered(10))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) != nil)
  }

  @Test("a refusal does not settle what an earlier request may have done")
  func refusedAfterUnknown() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    world.sink.inject(.applyThen(.unknown(reason: "timeout")), .answer(.membersRefused([.numbered(12): "no"])))
    try await world.run()
    world.time.advance(by: .seconds(60))
    try await world.run()
    await world.directory.removeMember(.numbered(12), from: .numbered(30))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(21)])
  }
}
