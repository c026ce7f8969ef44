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

  @Test("keeps an attribute in doubt through requests that were never sent")
  func doubtOutlivesPauses() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.set(.numbered(11), "title", "Head")
    world.sink.inject(.applyThen(.unknown(reason: "timeout")), .answer(.notSent(pause: nil)))
    try await world.run()
    await world.directory.set(.numbered(11), "title", "Clerk")
    try await world.run()
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Clerk"))
  }

  @Test("between request and answer leaves the link to be looked up")
  func killedInFlight() async throws {
    let world = try World()
    await world.populate()
    let pipeline = world.pipeline
    await pipeline.use([world.configuration])
    _ = try await pipeline.refresh()
    let link = try #require(try await world.link(.numbered(11)))
    try await world.store.write { try $0.save(link.dispatched()) }

    _ = try await world.export()
    let create = try #require(world.sink.operations.first { $0.guid == .numbered(11) })
    #expect(create.mayHaveApplied)
    #expect(world.sink.held(.numbered(11)) != nil)
    #expect(try await world.link(.numbered(11))?.state == .idle)
  }

  @Test("does not let an answer confirm more than was sent")
  func changeWhileInFlight() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let pipeline = world.pipeline
    await pipeline.use([world.configuration])
    await world.directory.set(.numbered(11), "title", "Head")
    world.sink.beforeNextAnswer {
      await world.directory.set(.numbered(11), "title", "Chief")
      _ = try await pipeline.refresh()
    }
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Chief"))
  }

  @Test("never creates who left before the sink had taken them")
  func leftBeforeCreated() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    world.sink.inject(.answer(.notSent(pause: nil)), for: .numbered(11))
    try await world.run()
    world.sink.inject(nil, for: .numbered(11))
    await world.directory.place(.numbered(11), in: .numbered(20))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
  }

  @Test("in the middle of a cycle begins it anew on another controller, where its cookie means nothing")
  func cycleCookieOfAnotherController() async throws {
    let world = try World()
    await world.populate()
    await world.directory.breakOff(after: 3)
    await #expect(throws: DirectoryError.self) { try await world.run() }
    try await world.store.write { store in
      guard var source = try store.source(domain: "corp.example.test") else { return }
      source.cycleCookie = [0xFF]
      try store.update(source)
    }
    await world.directory.breakOff(after: nil)
    await world.directory.changeInvocation()
    try await world.run()
    #expect(world.sink.held.count == 5)
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

  @Test("of a group's rename does not keep a leaver in the group")
  func rejectedRename() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.inject(.answer(.rejected(code: "mutability", reason: "displayName")))
    await world.directory.place(.numbered(30), name: "Crew")
    try await world.run()
    #expect(try await world.link(.numbered(30))?.state == .escrow)

    await world.directory.removeMember(.numbered(11), from: .numbered(30))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(21)])
  }

  @Test("of a membership is waited out, and does not hold up the group")
  func rejectedMembership() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    world.sink.inject(.answer(.rejected(code: "member", reason: "no")))
    try await world.run()
    world.sink.forgetOperations()
    try await world.run()
    #expect(world.sink.operations.isEmpty)

    await world.directory.set(.numbered(30), "displayName", "Crew")
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.resource.attributes[.displayName] == .string("Crew"))
    #expect(world.sink.held(.numbered(30))?.members.contains(.numbered(12)) == false)

    world.time.advance(by: .seconds(10))
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members.contains(.numbered(12)) == true)
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

  @Test("that loses the cookie finds the members that left a group meanwhile")
  func membersOfFullRead() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.removeMember(.numbered(21), from: .numbered(30))
    try await world.forgetCookie()
    try await world.run()
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
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
