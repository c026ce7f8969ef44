import Engine
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@Suite("What must not be created", .timeLimit(.minutes(1)))
struct UnwantedCreateTests {
  @Test("who leaves while the create is not sent is never created", arguments: [LeavingPolicy.keep, .disable])
  func leavesDuringUnsentCreate(policy: LeavingPolicy) async throws {
    let world = try World(.units("OU=Sales"), leaving: policy)
    await world.populate()
    let pipeline = world.pipeline
    await pipeline.use([world.configuration])
    world.sink.inject(.answer(.notSent(pause: nil)), for: .numbered(11))
    world.sink.beforeNextAnswer {
      await world.directory.place(.numbered(11), in: .numbered(20))
      _ = try await pipeline.refresh()
    }
    try await world.run()
    world.sink.inject(nil, for: .numbered(11))
    try await world.run()
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
  }

  @Test("who left under keep before the sink took them is not created by a repeat")
  func keptAfterUnknownCreate() async throws {
    let world = try World(.units("OU=Sales"), leaving: .keep)
    await world.populate()
    world.sink.inject(.answer(.unknown(reason: "timeout")), for: .numbered(11))
    try await world.run()
    world.sink.inject(nil, for: .numbered(11))
    await world.directory.place(.numbered(11), in: .numbered(20))
    world.time.advance(by: .seconds(7200))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
  }

  @Test("a leaver that is gone from the sink already is not made again")
  func leaverGoneFromSink() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    try await world.run()
    world.sink.lose(.numbered(11))
    await world.directory.place(.numbered(11), in: .numbered(20))
    try await world.run()
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
  }

  @Test("a sink that finds objects stale again and again is not asked without pause")
  func staleCreate() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.linkStale(reason: "index behind")), for: .numbered(11))
    try await world.run()
    #expect(world.sink.operations.count { $0.guid == .numbered(11) } < 10)
  }

  @Test("an operation's id is never used for another one")
  func operationIDs() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    await world.directory.delete(.numbered(11))
    try await world.run()
    await world.directory.restore(.numbered(11))
    await world.directory.set(.numbered(11), "title", "Head")
    try await world.run()
    let ids = world.sink.operations.map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test("a wish that changes before the repeat of an unknown create, kinds of answers", arguments: [true, false])
  func unmappableInFlight(applied: Bool) async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.set(.numbered(11), "title", "Head")
    world.sink.inject(applied ? .applyThen(.rejected(code: "x", reason: "y")) : .answer(.retry(reason: "busy")))
    let pipeline = world.pipeline
    await pipeline.use([world.configuration])
    world.sink.beforeNextAnswer {
      await world.directory.set(.numbered(11), "userPrincipalName", nil)
      await world.directory.set(.numbered(11), "sAMAccountName", nil)
      _ = try await pipeline.refresh()
    }
    try await world.run()
    world.sink.forgetOperations()
    world.time.advance(by: .seconds(7200))
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }
}
