import Engine
import Model
import Testing

@Suite("Store: memberships")
struct StoreMemberLinkTests {
  @Test("a membership is kept, replaced and removed", arguments: StoreKind.allCases)
  func roundTrip(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let user = try fixture.add(1, to: store)
        let group = try fixture.add(2, .group, to: store)
        #expect(try store.memberLink(group.id, fixture.configuration, user.id) == nil)
        for (desired, confirmed) in [(true, nil), (false, true), (true, true)] as [(Bool, Bool?)] {
          let link = fixture.member(user, of: group, desired: desired, confirmed: confirmed, version: .max)
          try store.save(link)
          #expect(try store.memberLink(group.id, fixture.configuration, user.id) == link)
        }
        try store.removeMemberLink(group.id, fixture.configuration, user.id)
        #expect(try store.memberLink(group.id, fixture.configuration, user.id) == nil)
      }
    }
  }

  @Test("a deleted object takes its memberships along, as group and as member", arguments: StoreKind.allCases)
  func involving(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        let objects = try (1...3).map { try fixture.add($0, .group, to: store) }
        let pairs = [(0, 1), (1, 2), (2, 0), (2, 1)]
        for (group, member) in pairs { try store.save(fixture.member(objects[member], of: objects[group])) }
        let elsewhere = MemberLink(
          group: objects[0].id,
          configuration: other,
          member: objects[1].id,
          isDesired: true,
          isConfirmed: nil,
          version: 1
        )
        try store.save(elsewhere)
        try store.removeMemberLinks(involving: objects[0].id, fixture.configuration)
        let left = try pairs.filter { group, member in
          try store.memberLink(objects[group].id, fixture.configuration, objects[member].id) != nil
        }
        #expect(left.map(\.0) == [1, 2])
        #expect(left.map(\.1) == [2, 1])
        #expect(try store.memberLink(objects[0].id, other, objects[1].id) == elsewhere)
        #expect(try store.counts(of: fixture.configuration).pendingMembers == 2)
      }
    }
  }

  struct MemberCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var desired = true
    var confirmed: Bool? = false
    var memberRemoteID: String? = "m"
    var memberIsConfirmed = true
    var notBefore: Int64?
    let isPending: Bool
  }

  @Test(
    "a membership can be sent when it differs and the sink's name for the member is known",
    arguments: StoreKind.allCases,
    [
      MemberCase(testDescription: "wanted and not there", isPending: true),
      MemberCase(testDescription: "wanted, outcome unknown", confirmed: nil, isPending: true),
      MemberCase(testDescription: "wanted and there", confirmed: true, isPending: false),
      MemberCase(testDescription: "wanted, refused and not due", notBefore: 101, isPending: false),
      MemberCase(testDescription: "wanted, refused and due", notBefore: 100, isPending: true),
      MemberCase(testDescription: "wanted, member without remote id", memberRemoteID: nil, isPending: false),
      MemberCase(testDescription: "wanted, member in doubt", memberIsConfirmed: false, isPending: true),
      MemberCase(testDescription: "unwanted and there", desired: false, confirmed: true, isPending: true),
      MemberCase(testDescription: "unwanted, outcome unknown", desired: false, confirmed: nil, isPending: true),
      MemberCase(testDescription: "unwanted and not there", desired: false, confirmed: false, isPending: false),
      MemberCase(
        testDescription: "unwanted and there, member to be found again",
        desired: false,
        confirmed: true,
        memberRemoteID: nil,
        memberIsConfirmed: false,
        isPending: false
      ),
    ]
  )
  func members(_ kind: StoreKind, _ row: MemberCase) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let user = try fixture.add(1, to: store)
        let group = try fixture.add(2, .group, to: store)
        let groupLink = fixture.confirmedLink(group, .group)
        try store.save(groupLink)
        var userLink = fixture.confirmedLink(user)
        userLink.remoteID = row.memberRemoteID
        if !row.memberIsConfirmed { userLink.confirmed = nil }
        try store.save(userLink)
        var link = fixture.member(user, of: group, desired: row.desired, confirmed: row.confirmed)
        link.notBefore = row.notBefore.map(Timestamp.at)
        try store.save(link)
        let pending = try store.pendingMembers(of: group.id, fixture.configuration, at: .at(100), limit: 9)
        let groups = try store.groupsWithPendingMembers(fixture.configuration, at: .at(100), limit: 9)
        #expect(pending == (row.isPending ? [link] : []))
        #expect(groups == (row.isPending ? [groupLink] : []))
      }
    }
  }

  struct GroupCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var presence = LinkRecord.Presence.present
    var remoteID: String? = "g"
    var isConfirmed = true
    var state = LinkRecord.State.idle
    var notBefore: Int64?
    var membersNotBefore: Int64?
    let isReady: Bool
  }

  @Test(
    "a group takes memberships when its name in the sink is known and these are not backing off, at 100",
    arguments: StoreKind.allCases,
    [
      GroupCase(testDescription: "idle", isReady: true),
      GroupCase(testDescription: "disabled", presence: .disabled, isReady: true),
      GroupCase(testDescription: "kept", presence: .kept, isReady: false),
      GroupCase(testDescription: "absent", presence: .absent, isReady: false),
      GroupCase(testDescription: "without remote id", remoteID: nil, isReady: false),
      GroupCase(testDescription: "in doubt", isConfirmed: false, isReady: true),
      GroupCase(testDescription: "pending", state: .pending, isReady: true),
      GroupCase(testDescription: "pending, itself in a pause", state: .pending, notBefore: 101, isReady: true),
      GroupCase(testDescription: "its memberships in a pause", membersNotBefore: 101, isReady: false),
      GroupCase(testDescription: "its memberships' pause over just now", membersNotBefore: 100, isReady: true),
      GroupCase(testDescription: "inflight", state: .inflight, isReady: false),
      GroupCase(testDescription: "escrow, not due", state: .escrow, notBefore: 101, isReady: true),
      GroupCase(testDescription: "escrow without a date", state: .escrow, isReady: true),
    ]
  )
  func groups(_ kind: StoreKind, _ row: GroupCase) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let user = try fixture.add(1, to: store)
        let group = try fixture.add(2, .group, to: store)
        var link = fixture.confirmedLink(group, .group)
        link.presence = row.presence
        link.remoteID = row.remoteID
        if !row.isConfirmed { link.confirmed = nil }
        link.state = row.state
        link.notBefore = row.notBefore.map(Timestamp.at)
        link.membersNotBefore = row.membersNotBefore.map(Timestamp.at)
        try store.save(link)
        try store.save(fixture.confirmedLink(user))
        try store.save(fixture.member(user, of: group))
        let groups = try store.groupsWithPendingMembers(fixture.configuration, at: .at(100), limit: 9)
        #expect(groups == (row.isReady ? [link] : []))
      }
    }
  }

  @Test("groups come by object, members by version and then object, up to the limit", arguments: StoreKind.allCases)
  func order(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let users = try (1...4).map { try fixture.add($0, to: store) }
        let groups = try (11...13).map { try fixture.add($0, .group, to: store) }
        for object in users { try store.save(fixture.confirmedLink(object)) }
        for group in groups.reversed() {
          try store.save(fixture.confirmedLink(group, .group))
          for (user, version) in zip(users, [8, 3, 9, 3] as [Int64]) {
            try store.save(fixture.member(user, of: group, version: version))
          }
        }
        let ids = groups.map(\.id)
        let ready = { (limit: Int) in
          try store.groupsWithPendingMembers(fixture.configuration, at: .at(0), limit: limit).map(\.object)
        }
        #expect(try ready(9) == ids)
        #expect(try ready(2) == Array(ids[..<2]))
        let members = { (limit: Int) in
          try store.pendingMembers(of: ids[1], fixture.configuration, at: .at(100), limit: limit).map(\.member)
        }
        let expected = [users[1].id, users[3].id, users[0].id, users[2].id]
        #expect(try members(9) == expected)
        #expect(try members(3) == Array(expected[..<3]))
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        #expect(try store.groupsWithPendingMembers(other, at: .at(0), limit: 9).isEmpty)
        #expect(try store.pendingMembers(of: ids[1], other, at: .at(100), limit: 9).isEmpty)
      }
    }
  }
}
