import Engine
import Model

/// A little of everything, for tests that change it all.
struct StoreScene: Sendable {
  let fixture: StoreFixture
  let user: ObjectRecord
  let group: ObjectRecord
  let run: RunRecord

  init(_ fixture: StoreFixture, _ store: any StoreWriter) throws {
    self.fixture = fixture
    user = try fixture.add(1, to: store) { $0.sid = .numbered(1) }
    group = try fixture.add(2, .group, to: store)
    _ = try store.insertEdge(group.id, user.guid, expires: nil)
    _ = try store.insertEdge(group.id, .numbered(3), expires: nil)
    try store.save(fixture.confirmedLink(user))
    try store.save(fixture.confirmedLink(group, .group))
    try store.save(fixture.member(user, of: group))
    try store.markDirty(user.id, nil)
    try store.markMemberDirty(group.id, user.guid)
    try store.setTimer(user.id, at: .at(10))
    _ = try store.nextVersion()
    run = try store.beginRun(fixture.configuration, reason: .start, at: .at(1))
    try store.append(.sample(fixture.configuration, user.guid, run: run.id))
  }

  /// Calls every method of the writer and, if asked for, of the reader.
  func changeEverything(_ store: any StoreWriter, observing: Bool = false) throws {
    if observing { _ = try StoreObservation(store) }
    var source = try store.registerSource(domain: "corp.example.com")
    source.stableCookie = [1]
    try store.update(source)
    let other = try store.registerSource(domain: "other.example.com").id
    try store.update(
      ConfigurationRecord(id: fixture.configuration, name: "main", source: fixture.source, fingerprint: "new")
    )
    let root = ScopeRoot(
      name: DistinguishedName([RelativeName(type: "OU", value: "x")]),
      isExcluded: true,
      guid: user.guid,
      objectClass: .user
    )
    try store.replaceScopeRoots(of: fixture.configuration, with: [root])
    var child = try fixture.add(4, to: store)
    child.parent = group.id
    child.sid = .numbered(2)
    child.primaryGroupRID = 1
    child.isSuspect = true
    try store.update(child)
    var moved = user
    moved.sid = .numbered(3)
    try store.update(moved)
    _ = try store.insertEdge(group.id, child.guid, expires: nil)
    _ = try store.removeEdge(group.id, user.guid)
    _ = try store.removeEdges(to: .numbered(3))
    try changeWork(store, child)
    _ = try store.beginRun(fixture.configuration, reason: .timer, at: .at(2))
    var ended = run
    ended.outcome = .success
    try store.update(ended)
    try store.append(.sample(fixture.configuration, group.guid, run: ended.id))
    _ = try store.pruneLog(of: fixture.configuration, before: .at(1), keeping: 1, limit: 5)
    _ = try store.registerConfiguration(named: "second", source: fixture.source)
    _ = try store.registerConfiguration(named: "second", source: other)
  }

  private func changeWork(_ store: any StoreWriter, _ child: ObjectRecord) throws {
    try store.clearDirty([DirtyObject(object: user.id, configuration: nil)])
    try store.clearDirty([DirtyMember(group: group.id, member: user.guid)])
    try store.markAllDirty(in: fixture.source, fixture.configuration)
    try store.markMemberDirty(group.id, child.guid)
    try store.clearTimers([user.id])
    try store.setTimer(child.id, at: .at(5))
    var link = fixture.link(child)
    link.state = .pending
    try store.save(link)
    try store.save(fixture.member(child, of: group, confirmed: nil))
    try store.note(
      Withdrawal(configuration: fixture.configuration, object: user.id, kind: .user, home: group.id, date: .at(1))
    )
    try store.forgetWithdrawals(fixture.configuration, before: .at(0))
    try store.removeMemberLink(group.id, fixture.configuration, user.id)
    try store.removeMemberLinks(involving: child.id, fixture.configuration)
    try store.removeLink(user.id, fixture.configuration)
    _ = try store.nextVersion()
  }
}
