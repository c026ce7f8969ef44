import Engine
import Model
import Testing
import TestSupport

@Suite("The scope of a run")
struct ScopeRunTests {
  @Test("of an organizational unit is its whole subtree")
  func unit() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    let below = await world.directory.create(15, .organizationalUnit, "Deep", in: .numbered(10))
    _ = await world.directory.create(16, .user, "Deep User", in: below, World.person(16))
    try await world.run()

    #expect(Set(world.sink.held.map(\.resource.externalID)) == Set([11, 12, 16, 30].map(GUID.numbered)))
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11)])
  }

  @Test("follows a renamed and moved unit without touching anybody")
  func renamedUnit() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()

    await world.directory.place(.numbered(10), name: "Vendite", in: .numbered(20))
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }

  @Test("ends for all who are moved out with their unit, which AD does not report one by one")
  func movedOut() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    let below = await world.directory.create(15, .organizationalUnit, "Deep", in: .numbered(10))
    let user = await world.directory.create(16, .user, "Deep User", in: below, World.person(16))
    try await world.run()

    await world.directory.place(below, in: .numbered(20))
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == false)

    await world.directory.place(below, in: .numbered(10))
    try await world.run()
    #expect(world.sink.held(user)?.resource.isActive == true)
    #expect(world.sink.held.count == 4)
  }

  @Test("of a group is the group, its members and the members of groups in it, rings included")
  func nestedGroups() async throws {
    let world = try World(.groups("CN=Outer"))
    await world.populate()
    let outer = await world.directory.create(40, .group, "Outer")
    let inner = await world.directory.create(41, .group, "Inner")
    await world.directory.addMember(inner, to: outer)
    await world.directory.addMember(outer, to: inner)
    await world.directory.addMember(.numbered(22), to: inner)
    try await world.run()

    #expect(Set(world.sink.held.map(\.resource.externalID)) == [outer, inner, .numbered(22)])
    #expect(world.sink.held(outer)?.members == [inner])

    await world.directory.removeMember(inner, from: outer)
    try await world.run()
    #expect(world.sink.held(.numbered(22))?.resource.isActive == false)
    #expect(world.sink.held(outer)?.members == [])
  }

  @Test("ends for the members of a group that was deleted, which AD does not report on anybody")
  func deletedInnerGroup() async throws {
    let world = try World(.groups("CN=Outer"))
    await world.populate()
    let outer = await world.directory.create(40, .group, "Outer")
    let inner = await world.directory.create(41, .group, "Inner")
    await world.directory.addMember(inner, to: outer)
    await world.directory.addMember(.numbered(22), to: inner)
    try await world.run()
    await world.directory.delete(inner)
    try await world.run()
    #expect(world.sink.held(.numbered(22))?.resource.isActive == false)
  }

  @Test("stops the run and changes nothing when its base was deleted")
  func deletedBase() async throws {
    let world = try World(.units("OU=Sales"))
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()

    await world.directory.delete(.numbered(10))
    await world.directory.set(.numbered(11), "title", "Head")
    await #expect(throws: ScopeError.self) { try await world.run() }
    #expect(world.sink.operations.isEmpty)

    await world.directory.restore(.numbered(10))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Head"))
    #expect(world.sink.held.allSatisfy { $0.resource.isActive })
  }

  @Test("leaves out what an exclusion names: a unit with all below, a group with its members")
  func exclusions() async throws {
    let base = "DC=corp,DC=example,DC=test"
    let world = try World(excluded: ["OU=Finance,\(base)", "CN=Team,OU=Sales,\(base)"])
    await world.populate()
    try await world.run()
    #expect(Set(world.sink.held.map(\.resource.externalID)) == [.numbered(12)])
  }

  @Test("never takes in what AD keeps for itself unless it is named")
  func criticalObjects() async throws {
    let world = try World()
    await world.populate()
    _ = await world.directory.create(
      50,
      .user,
      "krbtgt",
      World.person(50).merging(["isCriticalSystemObject": "TRUE"]) { $1 }
    )
    try await world.run()
    #expect(world.sink.held(.numbered(50)) == nil)
  }

  @Test("keeps who left for the time of grace, then deletes")
  func grace() async throws {
    let world = try World(.units("OU=Sales"), deleteAfter: .seconds(3600))
    await world.populate()
    try await world.run()

    await world.directory.place(.numbered(11), in: .numbered(20))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.isActive == false)

    world.time.advance(by: .seconds(3599))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) != nil)
    world.time.advance(by: .seconds(1))
    try await world.run()
    #expect(world.sink.held(.numbered(11)) == nil)
  }

  @Test("leaves alone who left when told to keep, memberships too")
  func keep() async throws {
    let world = try World(.units("OU=Sales"), leaving: .keep)
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    await world.directory.place(.numbered(11), in: .numbered(20))
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }

  @Test("evaluates everybody again when the configuration changed")
  func changedConfiguration() async throws {
    var world = try World(.units("OU=Sales"))
    await world.populate()
    try await world.run()
    world.configuration = try World(.units("OU=Finance")).configuration
    try await world.run()

    #expect(world.sink.held(.numbered(11))?.resource.isActive == false)
    #expect(world.sink.held(.numbered(21))?.resource.isActive == true)
  }
}
