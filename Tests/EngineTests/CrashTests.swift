import Engine
import Model
import Testing
import TestSupport

@Suite("Trouble in the middle of a run")
struct CrashTests {
  @Test("of the import loses nothing: what was read is kept, the rest is read again")
  func brokenImport() async throws {
    let world = try World()
    await world.populate()
    await world.directory.breakOff(after: 3)
    await #expect(throws: DirectoryError.self) { try await world.run() }
    #expect(world.sink.operations.isEmpty)

    await world.directory.breakOff(after: nil)
    try await world.run()
    #expect(world.sink.held.count == 5)
    #expect(world.sink.held(.numbered(30))?.members.count == 2)
  }

  @Test("after a request without answer is looked up, and no object exists twice")
  func lostAnswer() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.applyThen(.unknown(reason: "connection reset")), .answer(.unknown(reason: "timeout")))
    try await world.run()
    world.time.advance(by: .seconds(60))
    try await world.run()

    #expect(world.sink.held.count == 5)
    #expect(world.sink.held(.numbered(30))?.members.count == 2)
    let repeated = world.sink.operations.filter(\.mayHaveApplied).count { $0.action.name == "create" }
    #expect(repeated == 2)
  }

  @Test("restores an attribute that a request without answer may have changed")
  func uncertainAttribute() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.set(.numbered(11), "title", "Head")
    world.sink.inject(.applyThen(.unknown(reason: "timeout")))
    try await world.run()

    await world.directory.set(.numbered(11), "title", "Clerk")
    world.time.advance(by: .seconds(60))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Clerk"))

    world.sink.forgetOperations()
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }

  @Test("of one object does not stop the others, and a change of the object ends its wait")
  func rejectedObject() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.rejected(code: "invalidValue", reason: "no")), for: .numbered(11))
    let report = try await world.run()
    #expect(report.counts.failed == 1)
    #expect(world.sink.held.count == 4)
    #expect(try await world.link(.numbered(11))?.state == .escrow)

    world.sink.inject(nil, for: .numbered(11))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
    await world.directory.set(.numbered(11), "title", "Head")
    try await world.run()
    #expect(world.sink.held(.numbered(11)) != nil)
    #expect(world.sink.held(.numbered(30))?.members.contains(.numbered(11)) == true)
  }

  @Test("of the sink as a whole stops the export and keeps everything pending")
  func unusableSink() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.unavailable(SinkUnavailable("token refused"))))
    let report = try await world.run()
    #expect(report.unavailable == SinkUnavailable("token refused"))
    #expect(world.sink.operations.count <= 10)
    try await world.run()
    #expect(world.sink.held.count == 5)
  }

  @Test("is waited out when the sink asks for a pause")
  func pause() async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(.notSent(pause: .seconds(30))))
    async let report = world.run()
    await world.time.untilSomebodySleeps()
    world.time.advance(by: .seconds(30))
    #expect(try await report.counts.created == 5)
  }

  @Test("that loses an object in the sink makes it anew with its memberships")
  func lostInSink() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.lose(.numbered(30))
    await world.directory.set(.numbered(30), "displayName", "Crew")
    try await world.run()
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(21)])
  }

  @Test("that loses the cookie reads all again, finds who vanished, and deletes nobody else")
  func vanished() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    await world.directory.expunge(.numbered(12))
    try await world.forgetCookie()
    try await world.run()
    #expect(Set(world.sink.held.map(\.resource.externalID)) == Set([11, 21, 22, 30].map(GUID.numbered)))
  }

  @Test("never takes lost rights for deletions")
  func lostRights() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    var users: Set<GUID> = []
    for number in UInt32(100)..<130 {
      users.insert(await world.directory.create(number, .user, "User \(number)", World.person(number)))
    }
    try await world.run()
    world.sink.forgetOperations()

    await world.directory.hide(users)
    try await world.forgetCookie()
    await #expect(throws: ImportError.tooManyVanished(30, of: 38)) { try await world.run() }
    #expect(world.sink.operations.isEmpty)

    await world.directory.hide([])
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }
}

extension World {
  func forgetCookie() async throws {
    try await store.write { store in
      guard var source = try store.source(domain: "corp.example.test") else { return }
      source.stableCookie = nil
      try store.update(source)
    }
  }
}
