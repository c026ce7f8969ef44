import Engine
import Model
import TestSupport
import Testing

/// How a group of the left domain names a member that is in the right one.
enum ForeignName: CaseIterable, CustomTestStringConvertible {
  /// By its GUID, in the same forest.
  case itself
  /// By a foreignSecurityPrincipal with its SID, across a trust.
  case principal

  var testDescription: String { "\(self)" }
}

@Suite("A member of another domain", .timeLimit(.minutes(1)))
struct ForeignMemberTests {
  private static let member = GUID.numbered(51)
  private static let principal = GUID.numbered(90)

  private func name(_ kind: ForeignName) -> GUID {
    switch kind {
    case .itself: Self.member
    case .principal: Self.principal
    }
  }

  private func addPrincipal(_ world: TwoDomains, for number: UInt32 = 51) async {
    let sid = world.right.directory.domainSID.account(number)
    _ = await world.left.directory.create(90, .foreignSecurityPrincipal, sid?.description ?? "", sid: sid)
  }

  private func team(_ world: TwoDomains) -> Set<GUID>? {
    world.left.sink.held(.numbered(30))?.members
  }

  private func makeMember(_ world: TwoDomains, _ kind: ForeignName) async {
    await world.populate()
    if kind == .principal { await addPrincipal(world) }
    await world.left.directory.addMember(name(kind), to: .numbered(30))
  }

  @Test("is provisioned with the other side's object in a shared sink, and withdrawn", arguments: ForeignName.allCases)
  func comesAndGoes(_ kind: ForeignName) async throws {
    let world = TwoDomains()
    await makeMember(world, kind)
    try await world.run(world.left)
    #expect(team(world) == [.numbered(11), .numbered(12)], "unresolved, it holds nobody up")
    try await world.run(world.right)
    try await world.run(world.left)
    #expect(team(world) == [.numbered(11), .numbered(12), Self.member])
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty)
    await world.left.directory.removeMember(name(kind), from: .numbered(30))
    try await world.run(world.left)
    #expect(team(world) == [.numbered(11), .numbered(12)])
    #expect(world.left.sink.misuse.isEmpty)
  }

  @Test("stays an edge and no more while the other side has another sink", arguments: ForeignName.allCases)
  func otherSink(_ kind: ForeignName) async throws {
    let world = TwoDomains(sharingSink: false)
    await makeMember(world, kind)
    try await world.settle()
    #expect(team(world) == [.numbered(11), .numbered(12)])
    let isEdge = try await world.store.read { [name = name(kind)] store in
      try store.object(.numbered(30)).map { try store.hasMember($0.id, name) }
    }
    #expect(isEdge == true)
  }

  @Test("that is created after its membership comes into the group", arguments: ForeignName.allCases)
  func createdLater(_ kind: ForeignName) async throws {
    let world = TwoDomains()
    await world.populate()
    let late = GUID.numbered(52)
    if kind == .principal { await addPrincipal(world, for: 52) }
    await world.left.directory.addMember(kind == .principal ? Self.principal : late, to: .numbered(30))
    try await world.settle()
    _ = await world.right.directory.create(52, .user, "User 52", World.person(52))
    try await world.run(world.right)
    try await world.run(world.left)
    #expect(team(world)?.contains(late) == true)
  }

  @Test(
    "that leaves its own scope leaves the group",
    arguments: ForeignName.allCases,
    [LeavingPolicy.delete, .disable]
  )
  func deleted(_ kind: ForeignName, _ leaving: LeavingPolicy) async throws {
    let world = TwoDomains(leaving: leaving)
    await makeMember(world, kind)
    try await world.settle()
    #expect(team(world)?.contains(Self.member) == true)
    await world.right.directory.delete(Self.member)
    try await world.run(world.right)
    try await world.run(world.left)
    #expect(team(world) == [.numbered(11), .numbered(12)])
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty)

    await world.right.directory.restore(Self.member)
    if kind == .itself { await world.left.directory.addMember(Self.member, to: .numbered(30)) }
    try await world.settle()
    #expect(team(world)?.contains(Self.member) == true)
  }

  @Test("comes and goes with its own side's scope", arguments: ForeignName.allCases)
  func scope(_ kind: ForeignName) async throws {
    let world = TwoDomains(rightMode: try .groups("CN=Crew", in: "right"))
    await makeMember(world, kind)
    await world.right.directory.removeMember(Self.member, from: .numbered(60))
    try await world.settle()
    #expect(team(world) == [.numbered(11), .numbered(12)])
    await world.right.directory.addMember(Self.member, to: .numbered(60))
    try await world.runBoth()
    try await world.run(world.left)
    #expect(team(world)?.contains(Self.member) == true)
    await world.right.directory.removeMember(Self.member, from: .numbered(60))
    try await world.runBoth()
    try await world.run(world.left)
    #expect(team(world) == [.numbered(11), .numbered(12)])
  }

  @Test("ends with the foreignSecurityPrincipal")
  func principalDeleted() async throws {
    let world = TwoDomains()
    await makeMember(world, .principal)
    try await world.settle()
    await world.left.directory.delete(Self.principal)
    try await world.run(world.left)
    #expect(team(world) == [.numbered(11), .numbered(12)])
  }

  @Test("ends when the object goes to a domain where it has another SID")
  func newSID() async throws {
    let world = TwoDomains()
    await makeMember(world, .principal)
    try await world.settle()
    await world.move(Self.member, from: world.right, to: world.left)
    try await world.settle()
    #expect(world.left.sink.held(Self.member) != nil)
    #expect(team(world) == [.numbered(11), .numbered(12)])
  }

  @Test("may be a group", arguments: ForeignName.allCases)
  func nestedGroup(_ kind: ForeignName) async throws {
    let world = TwoDomains()
    await world.populate()
    if kind == .principal { await addPrincipal(world, for: 60) }
    await world.left.directory.addMember(kind == .principal ? Self.principal : .numbered(60), to: .numbered(30))
    try await world.settle()
    #expect(team(world)?.contains(.numbered(60)) == true)
  }

  @Test("that the sink lost is a member again when it was made anew", arguments: ForeignName.allCases)
  func lostInSink(_ kind: ForeignName) async throws {
    let world = TwoDomains()
    await makeMember(world, kind)
    try await world.settle()
    world.left.sink.lose(Self.member)
    world.left.sink.tamper(.numbered(30)) { $0.members.remove(Self.member) }
    await world.right.directory.set(Self.member, "title", "Head")
    try await world.settle()
    #expect(world.left.sink.held(Self.member) != nil)
    #expect(team(world)?.contains(Self.member) == true)
  }

  @Test("is no drift, and is missed when it was taken out", arguments: ForeignName.allCases)
  func drift(_ kind: ForeignName) async throws {
    let world = TwoDomains()
    await makeMember(world, kind)
    try await world.settle()
    #expect(try await world.compare(world.left).isEmpty)
    world.left.sink.tamper(.numbered(30)) { $0.members.remove(Self.member) }
    #expect(try await world.compare(world.left, isRepairing: true).membersMissing == 1)
    try await world.settle()
    #expect(team(world)?.contains(Self.member) == true)
    // Whom only the other configuration knows, and nobody put there.
    world.left.sink.tamper(.numbered(60)) { $0.members.insert(.numbered(12)) }
    #expect(try await world.compare(world.right, isRepairing: true).membersAdded == 1)
    try await world.settle()
    #expect(world.left.sink.held(.numbered(60))?.members.contains(.numbered(12)) == false)
  }
}
