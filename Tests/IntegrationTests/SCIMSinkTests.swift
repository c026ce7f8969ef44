import Engine
import Model
import SCIM
import TestSupport
import Testing

@Suite(.enabled(if: SCIMServer.isWanted, Comment(rawValue: SCIMServer.absence)))
struct SCIMSinkTests {
  private typealias Fixture = SCIMServerFixture
  private static let work: TargetPath = #"emails[type eq "work"].value"#

  @Test func `an account that was there before is adopted and completed, not doubled`() async throws {
    try await Fixture.with { fixture async throws in
      let guid = SCIMServer.newGUID()
      try await fixture.request(
        "POST",
        "Users",
        """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"USER-\(guid)","active":false,
        "emails":[{"type":"home","value":"home@example.com"}]}
        """
      )
      try await fixture.sink.open()
      let resource = Fixture.user(guid, [Self.work: .string("work@example.com"), "title": .string("Clerk")])
      let id = try #require(try await fixture.apply(Fixture.create(resource)).remoteID)

      let users = try await fixture.users(named: "user-\(guid)")
      #expect(users.map(\.id) == [id])
      #expect(users.first?.externalId == "\(guid)")
      #expect(users.first?.active == true)
      #expect(users.first?.title == "Clerk")
      #expect(
        Set(users.first?.emails ?? [])
          == [.init(value: "home@example.com", type: "home"), .init(value: "work@example.com", type: "work")]
      )
    }
  }

  @Test func `an element comes, changes and goes by its filter`() async throws {
    try await Fixture.with { fixture async throws in
      let guid = SCIMServer.newGUID()
      try await fixture.sink.open()
      var states = [Fixture.user(guid)]
      let id = try #require(try await fixture.apply(Fixture.create(states[0])).remoteID)
      for address in ["a@example.com", "b@example.com", nil, nil, "c@example.com"] {
        let next = Fixture.user(guid, address.map { [Self.work: .string($0)] } ?? [:])
        #expect(
          try await fixture.apply(Fixture.update(id, next, from: states[states.count - 1])) == .done(remoteID: id)
        )
        #expect(
          try await fixture.users(named: "user-\(guid)").first?.emails?.map(\.value) ?? []
            == (address.map { [$0] } ?? [])
        )
        states.append(next)
      }
    }
  }

  @Test func `a rename to a name that is taken is refused in the server's words`() async throws {
    try await Fixture.with { fixture async throws in
      try await fixture.sink.open()
      let first = Fixture.user(SCIMServer.newGUID())
      let second = Fixture.user(SCIMServer.newGUID())
      _ = try await fixture.apply(Fixture.create(first))
      let id = try #require(try await fixture.apply(Fixture.create(second)).remoteID)
      var renamed = second
      renamed.attributes[.userName] = first.attributes[.userName]
      guard
        case .rejected("uniqueness", let reason) = try await fixture.apply(Fixture.update(id, renamed, from: second))
      else {
        Issue.record("a name in use was not refused")
        return
      }
      #expect(reason.hasPrefix("HTTP 409 uniqueness"))
    }
  }

  @Test func `what somebody else deleted is a stale link, and is made anew`() async throws {
    try await Fixture.with { fixture async throws in
      try await fixture.sink.open()
      let first = Fixture.user(SCIMServer.newGUID())
      let second = Fixture.user(first.externalID, ["title": .string("Clerk")])
      let id = try #require(try await fixture.apply(Fixture.create(first)).remoteID)
      try await fixture.request("DELETE", "Users/\(id)")
      #expect(
        try await fixture.apply(Fixture.update(id, second, from: first))
          == .linkStale(reason: "Users/\(id) is gone from the service")
      )
      let anew = try #require(try await fixture.apply(Fixture.create(second)).remoteID)
      #expect(anew != id)
    }
  }

  @Test func `a hundred members and two hundred users arrive, four requests at a time`() async throws {
    try await Fixture.with { fixture async throws in
      try await fixture.sink.open()
      let users = (0..<200).map { _ in Fixture.user(SCIMServer.newGUID()) }
      var ids: [String] = []
      for batch in [users[..<100], users[100...]] {
        ids += await fixture.sink.apply(batch.map { Fixture.create($0) }).compactMap(\.remoteID)
      }
      #expect(Set(ids).count == 200)
      // The same again, as after a crash: nothing is doubled.
      let again = await fixture.sink.apply(users.map { Fixture.create($0, again: true) })
      #expect(again.compactMap(\.remoteID) == ids)

      let guid = SCIMServer.newGUID()
      let group = Resource(kind: .group, externalID: guid, attributes: [.displayName: .string("Group \(guid)")])
      let groupID = try #require(try await fixture.apply(Fixture.create(group)).remoteID)
      let members = zip(users, ids).prefix(100).map {
        MemberReference(guid: $0.externalID, kind: .user, remoteID: $1)
      }
      let operation = Operation(
        id: "m",
        kind: .group,
        guid: guid,
        remoteID: groupID,
        action: .members(added: members, removed: [])
      )
      #expect(try await fixture.apply(operation) == .done(remoteID: groupID))
      #expect(Set(try await fixture.group(groupID).members?.map(\.value) ?? []) == Set(ids.prefix(100)))
    }
  }

  @Test func `a wrong token, a wrong path and a wrong port are told apart`() async throws {
    try await Fixture.with(token: "wrong") { fixture async throws in
      #expect(await Self.failure(of: fixture.sink)?.contains("refuses the token (HTTP 401)") == true)
    }
    try await Fixture.with(suffix: "/nowhere") { fixture async throws in
      #expect(await Self.failure(of: fixture.sink)?.contains("has no /Users (HTTP 404)") == true)
    }
    try await Fixture.with { fixture async throws in
      let sink = SCIMSink(
        options: SCIMOptions(endpoint: "http://127.0.0.1:1/v2", token: { "word" }),
        transport: fixture.transport,
        time: ManualTime()
      )
      #expect(await Self.failure(of: sink)?.hasPrefix("cannot reach 127.0.0.1") == true)
    }
  }

  private static func failure(of sink: SCIMSink) async -> String? {
    do throws(SinkUnavailable) {
      try await sink.open()
      return nil
    } catch {
      return error.reason
    }
  }
}
