import Engine
import Model
import TestSupport
import Testing

@Suite("Pitfalls: scope and images") struct ScopePitfalls {
  @Test func `pitfall 6: a renamed or moved unit in scope is the same scope`() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    try await world.run()
    let before = Set(world.sink.held)
    #expect(before.count == 3)
    world.sink.forgetOperations()
    await world.directory.place(.numbered(10), name: "Vertrieb")
    try await world.run()
    await world.directory.place(.numbered(10), in: .numbered(20))
    try await world.run()
    #expect(world.sink.operations.isEmpty)
    // Those that leave it now are still noticed.
    await world.directory.place(.numbered(11), in: .numbered(20))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.isActive == false)
    #expect(world.sink.held(.numbered(12))?.resource.isActive == true)
  }

  @Test func `pitfall 6: a renamed group in scope is the same scope`() async throws {
    let world = try World(.groups("CN=Team,OU=Sales"))
    await world.populate()
    try await world.run()
    #expect(world.sink.held.count == 3)
    world.sink.forgetOperations()
    await world.directory.place(.numbered(30), name: "Crew", in: .numbered(20))
    try await world.run()
    #expect(world.sink.operations.map(\.guid) == [.numbered(30)], "its own name is all that changes")
    await world.directory.removeMember(.numbered(11), from: .numbered(30))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.isActive == false)
    #expect(world.sink.held(.numbered(21))?.resource.isActive == true)
  }

  @Test func `pitfall 13: what is not mapped is kept as a parent and as a member`() async throws {
    let world = try World(.units("CN=Staff"), kinds: [.user])
    let container = await world.directory.create(60, .container, "Staff")
    let inner = await world.directory.create(61, .organizationalUnit, "Inner", in: container)
    let user = await world.directory.create(62, .user, "Ada", in: inner, World.person(62))
    let contact = await world.directory.create(63, .contact, "Partner", in: container)
    let group = await world.directory.create(64, .group, "Friends", in: container)
    await world.directory.addMember(contact, to: group)
    try await world.run()
    #expect(world.sink.held.map(\.resource.externalID) == [user])
    let (parents, classes, isMember) = try await world.store.read { store in
      let objects = try [container, inner, user, contact].map { try store.object($0) }
      let parents = try objects.map { try $0?.parent.flatMap { try store.object($0)?.guid } }
      let friends = try store.object(group)
      return (parents, objects.map { $0?.objectClass }, try friends.map { try store.hasMember($0.id, contact) })
    }
    #expect(parents == [world.directory.root, container, inner, container])
    #expect(classes == [.container, .organizationalUnit, .user, .contact])
    #expect(isMember == true)
  }

  @Test(
    arguments: [
      // NORMAL_ACCOUNT with ACCOUNTDISABLE, LOCKOUT, PASSWORD_EXPIRED, DONT_EXPIRE_PASSWORD.
      ("512", true), ("514", false), ("528", true), ("8389120", true), ("66048", true), ("66050", false),
    ]
  )
  func `pitfall 14: only one bit of userAccountControl disables, and those of lock-out and expiry say nothing`(
    control: String,
    isActive: Bool
  ) async throws {
    let world = try World()
    let user = await world.directory.create(40, .user, "Ada", World.person(40))
    await world.directory.set(user, "userAccountControl", control)
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == isActive)
  }

  @Test func `pitfall 14: pwdLastSet 0 is no date, and nothing is concluded from it`() async throws {
    #expect(FileTime("0") == .never)
    #expect(!Mapping.standard.sourceAttributes.contains("pwdLastSet"))
    let world = try World()
    let user = await world.directory.create(40, .user, "Ada", World.person(40))
    try await world.run()
    world.sink.forgetOperations()
    await world.directory.set(user, "pwdLastSet", "0")
    try await world.run()
    #expect(world.sink.operations.isEmpty)
    #expect(world.sink.held(user)?.resource.isActive == true)
  }
}
