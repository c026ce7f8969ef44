import Engine
import Model
import Testing
import TestSupport

@Suite("The provisioning log")
struct LogTests {
  private static let anna = GUID.numbered(11)
  private static let place = "OU=Sales,DC=corp,DC=example,DC=test"

  /// Populated and provisioned; what was logged so far is left out of what `log` gives.
  private static func provisioned(_ change: (inout World) throws -> Void = { _ in }) async throws -> (World, Int64) {
    var world = try World()
    try change(&world)
    await world.populate()
    try await world.run()
    return (world, try await world.lastLogID())
  }

  @Test("tells of each create with all values, by the DN, and of the memberships")
  func creates() async throws {
    let (world, _) = try await Self.provisioned()
    let log = try await world.log()
    #expect(log.map(\.action).filter { $0 == .create }.count == 5)
    #expect(log.allSatisfy { $0.status == .success && $0.code == nil && $0.reason == nil })
    let anna = try #require(log.first { $0.guid == Self.anna })
    #expect(anna.name == "CN=User 11,\(Self.place)")
    #expect(anna.remoteID == Self.anna.description)
    #expect(
      anna.changes.first { $0.path == "title" } == AttributeChange(path: "title", old: nil, new: .string("Clerk"))
    )
    let members = try #require(log.last)
    #expect(members.action == .members)
    #expect(members.name == "CN=Team,\(Self.place)")
    #expect(members.members?.addedCount == 2)
    #expect(members.members?.added.map(\.name).first == "CN=User 11,\(Self.place)")
  }

  @Test("says nothing of a run that does nothing")
  func idle() async throws {
    let (world, last) = try await Self.provisioned()
    try await world.run()
    #expect(try await world.log(after: last).isEmpty)
  }

  @Test("tells an update, a disable, an enable and a delete apart, with old and new values")
  func kinds() async throws {
    let (world, last) = try await Self.provisioned { $0 = try World(leaving: .delete) }
    await world.directory.set(Self.anna, "title", "Head")
    try await world.run()
    await world.directory.set(Self.anna, "userAccountControl", "514")
    try await world.run()
    await world.directory.set(Self.anna, "userAccountControl", "512")
    try await world.run()
    await world.directory.delete(Self.anna)
    try await world.run()

    let log = try await world.log(after: last).filter { $0.guid == Self.anna }
    #expect(log.map(\.action) == [.update, .disable, .enable, .delete])
    #expect(log[0].changes == [AttributeChange(path: "title", old: .string("Clerk"), new: .string("Head"))])
    #expect(log[1].changes == [AttributeChange(path: .active, old: .boolean(true), new: .boolean(false))])
    #expect(log[2].changes == [AttributeChange(path: .active, old: .boolean(false), new: .boolean(true))])
    #expect(log[3].changes.allSatisfy { $0.old != nil && $0.new == nil })
    #expect(log[3].changes.map(\.path) == [.active, .displayName, "title", .userName])
    #expect(log[3].name == "CN=User 11,\(Self.place)", "a deleted object has its last name")
  }

  @Test(
    "has a stable word for each way to fail, and one entry for each attempt",
    arguments: [
      (OperationOutcome.rejected(code: "uniqueness", reason: "taken"), "uniqueness"),
      (.adopted(remoteID: "r", code: "invalidValue", reason: "taken"), "invalidValue"),
      (.retry(reason: "taken"), "temporary"), (.unknown(reason: "taken"), "no-answer"),
      (.linkStale(reason: "taken"), "gone"),
    ]
  )
  func failures(_ outcome: OperationOutcome, _ code: String) async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(outcome), for: Self.anna)
    try await world.run()
    let log = try await world.log().filter { $0.guid == Self.anna }
    #expect(log.count == 1)
    #expect(log.first?.action == .create)
    #expect(log.first?.status == .failure)
    #expect(log.first?.code == code)
    #expect(log.first?.reason == "taken")
  }

  @Test(
    "says nothing of what was not sent",
    arguments: [
      OperationOutcome.notSent(pause: nil), .unavailable(SinkUnavailable("down")),
    ]
  )
  func notSent(_ outcome: OperationOutcome) async throws {
    let world = try World()
    await world.populate()
    world.sink.inject(.answer(outcome), for: Self.anna)
    try await world.run()
    #expect(try await world.log().filter { $0.guid == Self.anna }.isEmpty)
  }

  @Test("of a membership operation tells apart what was taken and what was refused")
  func membersRefused() async throws {
    let world = try World()
    await world.populate()
    await world.directory.addMember(.numbered(12), to: .numbered(30))
    try await world.run()
    let last = try await world.lastLogID()
    await world.directory.removeMember(Self.anna, from: .numbered(30))
    await world.directory.removeMember(.numbered(12), from: .numbered(30))
    world.sink.inject(.answer(.membersRefused([.numbered(12): "no such member"])), for: .numbered(30))
    try await world.run()
    let log = try await world.log(after: last)
    #expect(log.map(\.status) == [.success, .failure])
    #expect(log.map { $0.members?.removed.map(\.guid) } == [[Self.anna], [.numbered(12)]])
    #expect(log.last?.code == "member-refused")
    #expect(log.last?.reason == "member \(GUID.numbered(12)): no such member")
  }

  @Test("tells once that an object cannot be mapped, and again when it becomes so again")
  func unmappable() async throws {
    let world = try World()
    await world.populate()
    _ = await world.directory.create(40, .user, "Lost\nCNF:x", in: .numbered(10), World.person(40))
    for title in ["One", "Two"] {
      await world.directory.set(.numbered(40), "title", title)
      try await world.run()
    }
    func log() async throws -> [LogEntry] { try await world.log().filter { $0.guid == .numbered(40) } }
    #expect(try await log().map(\.status) == [.skipped])
    #expect(try await log().first?.code == "unmappable")
    #expect(try await log().first?.action == .create)
    #expect(try await log().first?.reason?.contains("replication conflict") == true)

    await world.directory.place(.numbered(40), name: "Found", in: .numbered(10))
    try await world.run()
    await world.directory.place(.numbered(40), name: "Lost\nCNF:y", in: .numbered(10))
    try await world.run()
    #expect(try await log().map(\.status) == [.skipped, .success, .skipped])
    #expect(try await log().last?.action == .update)
  }

  @Test("masks what the mapping says, also where the sink repeats it, and still shows that it changed")
  func masked() async throws {
    let (world, last) = try await Self.provisioned { $0.configuration = $0.configuration.masking("title") }
    await world.directory.set(Self.anna, "title", "Whistleblower")
    world.sink.inject(.answer(.rejected(code: "value", reason: "title Whistleblower is too long")), for: Self.anna)
    try await world.run()
    let entry = try #require(try await world.log(after: last).last)
    #expect(entry.changes == [AttributeChange(path: "title", old: .string("•••"), new: .string("•••"))])
    #expect(entry.reason == "title ••• is too long")
    #expect(!"\(try await world.log())".contains("Clerk"))
  }

  @Test("keeps values, reasons and lists bounded, and shows that they were cut")
  func bounds() async throws {
    let (world, last) = try await Self.provisioned()
    let long = String(repeating: "ä", count: 5000)
    await world.directory.set(Self.anna, "title", long)
    world.sink.inject(.answer(.rejected(code: long, reason: long)), for: Self.anna)
    try await world.run()
    let entry = try #require(try await world.log(after: last).last)
    guard case .string(let value)? = entry.changes.first?.new else { throw Missing() }
    for (text, limit) in [(value, 1024), (entry.reason ?? "", 1024), (entry.code ?? "", 64)] {
      #expect(text.hasSuffix("ä…"))
      #expect(text.utf8.count <= limit && text.utf8.count > limit - 4)
    }
  }

  @Test("carries the run, and forgets what is older than it is kept")
  func runsAndRetention() async throws {
    let world = try World()
    await world.populate()
    let runner = await world.runner(log: LogKeeper(retention: LogRetention(age: .seconds(3600), rows: 3)))
    let work = Task { await runner.run() }
    let first = try #require(await runner.restartAndWait())
    let log = try await world.log()
    #expect(log.count == 3, "no more than the rows that are kept")
    #expect(Set(log.map(\.run)) == [first.id])
    world.time.advance(by: .seconds(4000))
    _ = await runner.restartAndWait()
    #expect(try await world.log().isEmpty)
    work.cancel()
    await work.value
  }

  struct Missing: Error {}
}

@Suite("The bell of the provisioning log")
struct LogBellTests {
  @Test("wakes who waits, and who asks too late")
  func rings() async {
    let bell = LogBell()
    let rings = bell.rings
    bell.ring()
    await bell.wait(beyond: rings)
    let waiting = Task { await bell.wait(beyond: rings + 1) }
    bell.ring()
    await waiting.value
  }

  @Test("lets go of who is cancelled")
  func cancelled() async {
    let bell = LogBell()
    let waiting = Task { await bell.wait(beyond: 0) }
    waiting.cancel()
    await waiting.value
    #expect(bell.rings == 0)
  }
}

extension Configuration {
  fileprivate func masking(_ path: TargetPath) -> Configuration {
    var mapping = mapping
    mapping.masked = [path]
    return Configuration(
      name: name,
      domain: domain,
      isEnabled: isEnabled,
      interval: interval,
      scope: scope,
      mapping: mapping,
      onLeaveScope: onLeaveScope
    )
  }
}
