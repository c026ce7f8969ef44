import Engine
import Model
import Testing
import TestSupport

@Suite("A run")
struct RunTests {
  @Test("brings every object in scope to the sink and asks nothing of it the second time")
  func firstRunAndIdleRun() async throws {
    let world = try World()
    await world.populate()
    let report = try await world.run()

    #expect(report.counts.created == 5)
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(21)])
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Clerk"))

    world.sink.forgetOperations()
    let opens = world.sink.opens
    try await world.run()
    #expect(world.sink.operations.isEmpty)
    #expect(world.sink.opens == opens)
    #expect(world.sink.misuse.isEmpty)
  }

  @Test("carries a changed and a cleared attribute, and nothing else")
  func attributes() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()

    await world.directory.set(.numbered(11), "title", "Head")
    await world.directory.set(.numbered(12), "title", nil)
    try await world.run()

    let changes = world.sink.operations.compactMap { operation -> [AttributeChange]? in
      if case .update(_, let changes) = operation.action { changes } else { nil }
    }
    #expect(
      changes == [
        [AttributeChange(path: "title", old: .string("Clerk"), new: .string("Head"))],
        [AttributeChange(path: "title", old: .string("Clerk"), new: nil)],
      ]
    )
  }

  @Test("disables a user whose account is disabled, before anything else is sent")
  func disabledAccount() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()

    await world.directory.set(.numbered(11), "title", "Head")
    await world.directory.set(.numbered(22), "userAccountControl", "514")
    let report = try await world.run()

    #expect(report.counts.disabled == 1)
    #expect(world.sink.operations.first?.guid == .numbered(22))
    #expect(world.sink.held(.numbered(22))?.resource.isActive == false)
  }

  @Test("renames and moves without a new object in the sink")
  func renameAndMove() async throws {
    let world = try World()
    await world.populate()
    try await world.run()

    await world.directory.place(.numbered(11), name: "New Name", in: .numbered(20))
    let report = try await world.run()

    #expect(report.counts.created == 0)
    #expect(report.counts.deleted == 0)
    #expect(world.sink.held(.numbered(11))?.resource.attributes[.displayName] == .string("New Name"))
  }

  @Test("adds and removes members one by one")
  func members() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()

    await world.directory.addMember(.numbered(12), to: .numbered(30))
    await world.directory.removeMember(.numbered(21), from: .numbered(30))
    try await world.run()

    #expect(world.sink.operations.map(\.action.name) == ["members"])
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(12)])
  }

  @Test("sends large groups in chunks")
  func chunks() async throws {
    let world = try World()
    let group = await world.directory.create(30, .group, "Large")
    for number in UInt32(100)..<110 {
      let user = await world.directory.create(number, .user, "User \(number)", World.person(number))
      await world.directory.addMember(user, to: group)
    }
    try await world.run()

    #expect(world.sink.held(group)?.members.count == 10)
    #expect(world.sink.operations.count { $0.action.name == "members" } == 4)
  }

  @Test(
    "ends a membership when the member is deleted, although AD says nothing of the group",
    arguments: [LeavingPolicy.disable, .delete]
  )
  func deletedMember(policy: LeavingPolicy) async throws {
    let world = try World(leaving: policy)
    await world.populate()
    try await world.run()

    await world.directory.delete(.numbered(11))
    try await world.run()

    #expect(world.sink.held(.numbered(30))?.members == [.numbered(21)])
    #expect(world.sink.held(.numbered(11))?.resource.isActive == (policy == .disable ? false : nil))
  }

  @Test("does not give back to a restored user what the tombstone lost")
  func restoredTombstone() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    await world.directory.delete(.numbered(11), stripping: ["title"])
    try await world.run()
    await world.directory.restore(.numbered(11))
    try await world.run()
    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == nil)
    #expect(world.sink.held(.numbered(11))?.resource.isActive == true)
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(21)])
  }

  @Test("reads a restored user in full and gives back what it had")
  func restored() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    await world.directory.delete(.numbered(11))
    try await world.run()

    await world.directory.restore(.numbered(11))
    await world.directory.addMember(.numbered(11), to: .numbered(30))
    try await world.run()

    #expect(world.sink.held(.numbered(11))?.resource.attributes["title"] == .string("Clerk"))
    #expect(world.sink.held(.numbered(30))?.members == [.numbered(11), .numbered(21)])
  }

  @Test("counts the primary group among the groups of a user")
  func primaryGroup() async throws {
    let world = try World()
    let group = await world.directory.create(513, .group, "Domain Users")
    let user = await world.directory.create(11, .user, "User", World.person(11), primaryGroup: 513)
    try await world.run()

    #expect(world.sink.held(group)?.members == [user])
  }
}
