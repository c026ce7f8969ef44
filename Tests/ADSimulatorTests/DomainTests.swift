import ADSimulator
import Engine
import LDAP
import Model
import SimulatedLDAP
import Testing

/// The simulated domain itself, where its port does not show it.
@Suite("The simulated domain") struct DomainTests {
  @Test func `a legacy member's primary group can be the group`() throws {
    let world = try Fixture()
    let anna = try world.user("Anna")
    let group = try world.group("Team")
    try world.domain.addMember(anna, to: group, isLegacy: true, at: world.first)
    try world.domain.setPrimaryGroup(anna, group, at: world.first)
    let state = world.domain.liveState(at: world.first)
    #expect(state.first { $0.guid == group }?.members == [])
    #expect(state.first { $0.guid == world.domain.domainUsers }?.members == [anna])
    #expect(state.first { $0.guid == anna }?.primaryGroupRID == 1101)
  }

  @Test func `a cookie from within a cycle proves nothing of another controller`() async throws {
    let world = try Fixture(controllers: 2, page: 3)
    world.domain.replicateAll()
    let page = try await SimulatedDirectory(world.domain).changes(since: nil, attributes: []) { _ in }
    #expect(page.hasMore)
    let same = SimulatedDirectory(world.domain)
    _ = try await same.read([world.domain.root], attributes: [], notBehind: page.cookie)
    let other = SimulatedDirectory(world.domain, startingAt: 1)
    let error = await #expect(throws: DirectoryError.self) {
      _ = try await other.read([world.domain.root], attributes: [], notBehind: page.cookie)
    }
    guard case .behind = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `equal vectors are not enough to have converged`() throws {
    let world = try Fixture(controllers: 2)
    world.domain.replicateAll()
    #expect(world.domain.hasConverged)
    let snapshot = world.domain.snapshot(of: world.first)
    _ = try world.user("Lost")
    #expect(!world.domain.hasConverged)
    world.domain.replicateAll()
    #expect(world.domain.hasConverged)
    // The other one believes to have what the first writes now in the place of what it wrote before.
    world.domain.rollBack(world.first, to: snapshot)
    _ = try world.user("Other")
    world.domain.replicateAll()
    #expect(!world.domain.hasConverged)
  }
}
