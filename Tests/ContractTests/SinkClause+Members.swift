import Engine
import Model
import Testing

extension SinkClause {
  static let members = [
    SinkClause("members come and go, and repeating changes nothing") { fixture async throws in
      let group = SinkFixture.group()
      let id = try await fixture.make(group)
      let users = try await Self.users(3, in: fixture)
      for again in [false, true, true] {
        try await fixture.done(SinkFixture.members(of: group.externalID, id, add: users, again: again))
        #expect(try await fixture.held(.group, group.externalID).map(\.members) == [Set(users.map(\.remoteID))])
      }
      for again in [false, true, true] {
        try await fixture.done(SinkFixture.members(of: group.externalID, id, remove: Array(users[..<2]), again: again))
        #expect(try await fixture.held(.group, group.externalID).map(\.members) == [[users[2].remoteID]])
      }
    },

    SinkClause("members are added and removed in one operation") { fixture async throws in
      let group = SinkFixture.group()
      let id = try await fixture.make(group)
      let users = try await Self.users(4, in: fixture)
      try await fixture.done(SinkFixture.members(of: group.externalID, id, add: Array(users[..<2])))
      try await fixture.done(
        SinkFixture.members(
          of: group.externalID,
          id,
          add: Array(users[2...]),
          remove: Array(users[..<3].dropFirst(1).dropLast())
        )
      )
      let expected = Set([users[0], users[2], users[3]].map(\.remoteID))
      #expect(try await fixture.held(.group, group.externalID).map(\.members) == [expected])
    },

    SinkClause("removing members some of which are none removes the others") { fixture async throws in
      let group = SinkFixture.group()
      let id = try await fixture.make(group)
      let users = try await Self.users(5, in: fixture)
      try await fixture.done(SinkFixture.members(of: group.externalID, id, add: [users[0], users[2], users[4]]))
      try await fixture.done(SinkFixture.members(of: group.externalID, id, remove: Array(users[..<4])))
      #expect(try await fixture.held(.group, group.externalID).map(\.members) == [[users[4].remoteID]])
    },
  ]

  private static func users(_ count: Int, in fixture: SinkFixture) async throws -> [MemberReference] {
    var members: [MemberReference] = []
    for _ in 0..<count {
      let user = SinkFixture.user()
      members.append(MemberReference(guid: user.externalID, kind: .user, remoteID: try await fixture.make(user)))
    }
    return members
  }
}
