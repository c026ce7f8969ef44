import Engine
import Model
import TestSupport
import Testing

@Suite("Reconcile and resets", .timeLimit(.minutes(1)))
struct ReconcileTests {
  private let user = GUID.numbered(11)
  private let group = GUID.numbered(30)

  /// The run that was asked for, and the state after it.
  private func run(
    _ world: World,
    _ request: (ConfigurationRunner) async -> RunRecord?
  ) async throws -> (run: RunRecord, state: ConfigurationState) {
    let runner = await world.runner()
    let task = Task { await runner.run() }
    let record = await request(runner)
    let state = await runner.state
    task.cancel()
    await task.value
    return (try #require(record), state)
  }

  private func drift(_ world: World, isRepairing: Bool) async throws -> DriftReport {
    try #require(try await run(world) { await $0.reconcileAndWait(isRepairing: isRepairing) }.state.drift)
  }

  @Test("finds nothing where nothing differs, and sends nothing")
  func nothing() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    let drift = try await drift(world, isRepairing: true)
    #expect(drift.isEmpty)
    #expect(drift.compared == 5)
    #expect(world.sink.operations.isEmpty)
    #expect(await world.directory.fullReads == 2)
  }

  @Test("tells what differs, and mends it only when asked")
  func repair() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.lose(.numbered(12))
    world.sink.tamper(user) { $0.resource.attributes["title"] = .string("Tampered") }
    world.sink.tamper(group) { $0.members = [.numbered(21), .numbered(22)] }
    world.sink.forgetOperations()

    let found = try await drift(world, isRepairing: false)
    #expect(found.missing == 1)
    #expect(found.changed == 1)
    #expect(found.membersMissing == 1)
    #expect(found.membersAdded == 1)
    #expect(!found.isRepaired)
    #expect(world.sink.operations.isEmpty)

    let mended = try await drift(world, isRepairing: true)
    #expect(mended.isRepaired)
    try await world.run()
    #expect(world.sink.held(.numbered(12)) != nil)
    #expect(world.sink.held(user)?.resource.attributes["title"] == .string("Clerk"))
    #expect(world.sink.held(group)?.members == [user, .numbered(21)])
    let after = try await drift(world, isRepairing: true)
    #expect(after.isEmpty)
  }

  @Test("whose resource was lost has it again with its memberships; who left does not")
  func lost() async throws {
    let world = try World(leaving: .disable)
    await world.populate()
    try await world.run()
    await world.directory.delete(.numbered(21))
    try await world.run()
    for lost in [user, .numbered(21)] { world.sink.lose(lost) }
    world.sink.tamper(group) { $0.members = [] }
    _ = try await drift(world, isRepairing: true)
    try await world.run()
    #expect(world.sink.held(user) != nil)
    #expect(world.sink.held(group)?.members == [user])
    #expect(world.sink.held(.numbered(21)) == nil)
  }

  @Test("who is left as is keeps what others have made of it, until it comes back")
  func kept() async throws {
    let world = try World(.units("OU=Sales"), leaving: .keep)
    await world.populate()
    try await world.run()
    await world.directory.place(user, in: .numbered(20))
    try await world.run()
    world.sink.tamper(user) { $0.resource.attributes["title"] = .string("Tampered") }
    world.sink.forgetOperations()
    let drift = try await drift(world, isRepairing: true)
    #expect(drift.isEmpty)
    try await world.run()
    #expect(world.sink.operations.isEmpty)
    await world.directory.place(user, in: .numbered(10))
    try await world.run()
    #expect(world.sink.held(user)?.resource.attributes["title"] == .string("Clerk"))
  }

  @Test("what came of a request without answer shows, and is not asked again")
  func doubt() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.applyThen(.unknown(reason: "lost")), for: user)
    try await world.run()
    world.sink.inject(nil, for: user)
    world.sink.forgetOperations()
    _ = try await drift(world, isRepairing: true)
    #expect(try await world.link(user)?.confirmed != nil)
    #expect(!world.sink.operations.contains { $0.guid == user })
  }

  @Test("watermark reads everything again, for nothing to be sent")
  func watermark() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    _ = try await run(world) { await $0.restartAndWait(resetting: [.watermark]) }
    #expect(await world.directory.fullReads == 2)
    #expect(world.sink.operations.isEmpty)
  }

  @Test("escrows are tried at once")
  func escrows() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.rejected(code: "400", reason: "no")), for: user)
    try await world.run()
    world.sink.inject(nil, for: user)
    try await world.run()
    #expect(world.sink.held(user) == nil)
    let runner = await world.runner()
    let preview = try await runner.preview([.escrows])
    #expect(preview.escrows == 1)
    #expect(preview.links == nil)
    #expect(world.sink.held(user) == nil)
    _ = try await run(world) { await $0.restartAndWait(resetting: [.escrows]) }
    #expect(world.sink.held(user) != nil)
    #expect(world.sink.held(group)?.members == [user, .numbered(21)])
  }

  @Test("links are matched again, and nothing is made twice")
  func links() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    _ = try await run(world) { await $0.restartAndWait(resetting: [.links]) }
    #expect(world.sink.misuse.isEmpty)
    #expect(world.sink.held.count == 5)
    #expect(!world.sink.operations.contains { !$0.mayHaveApplied })
    #expect(world.sink.operations.contains { $0.guid == user })
    world.sink.forgetOperations()
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }

  @Test("a leaver who is found again but cannot be changed as a whole leaves its groups")
  func adopted() async throws {
    let world = try World(leaving: .disable)
    await world.populate()
    try await world.run()
    let id = try #require(try await world.link(user)?.remoteID)
    world.sink.inject(.answer(.adopted(remoteID: id, code: "uniqueness", reason: "taken")), for: user)
    await world.directory.delete(user)
    _ = try await run(world) { await $0.restartAndWait(resetting: [.links]) }
    #expect(world.sink.held(group)?.members == [.numbered(21)])
    #expect(try await world.link(user)?.state == .escrow)
  }

  @Test("a quarantine ends")
  func quarantine() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.notSent(pause: .seconds(3000))))
    let runner = await world.runner()
    let task = Task { await runner.run() }
    _ = await runner.restartAndWait()
    let preview = try await runner.preview([.quarantine])
    #expect(preview.pausedUntil != nil)
    #expect(world.sink.held(user) == nil)
    _ = await runner.restartAndWait(resetting: [.quarantine])
    #expect(world.sink.held(user) != nil)
    task.cancel()
    await task.value
  }
}
