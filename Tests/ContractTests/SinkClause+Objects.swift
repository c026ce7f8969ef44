import Engine
import Model
import TestSupport
import Testing

extension SinkClause {
  static let objects = [
    SinkClause("an object is created, changed and deleted") { fixture async throws in
      let first = SinkFixture.user(title: "Clerk")
      let guid = first.externalID
      let id = try await fixture.make(first)
      #expect(try await fixture.held(.user, guid).map(\.title) == ["Clerk"])

      let second = SinkFixture.user(guid, title: "Head", isActive: false)
      try await fixture.done(SinkFixture.update(second, from: first, id))
      #expect(try await fixture.held(.user, guid).map(\.title) == ["Head"])
      #expect(try await fixture.held(.user, guid).map(\.isActive) == [false])

      let third = SinkFixture.user(guid, title: nil, isActive: true)
      try await fixture.done(SinkFixture.update(third, from: second, id))
      #expect(try await fixture.held(.user, guid).map(\.title) == [nil])
      #expect(try await fixture.held(.user, guid).map(\.isActive) == [true])

      #expect(try await fixture.done(SinkFixture.delete(.user, guid, id)) == nil)
      #expect(try await fixture.held(.user, guid).isEmpty)
    },

    SinkClause("a create of unknown outcome that is repeated has one effect") { fixture async throws in
      for resource in [SinkFixture.user(), SinkFixture.group()] {
        let first = try await fixture.done(SinkFixture.create(resource))
        let second = try await fixture.done(SinkFixture.create(resource, again: true))
        #expect(first == second)
        #expect(try await fixture.held(resource.kind, resource.externalID).count == 1)
      }
    },

    SinkClause("a create of unknown outcome that never arrived takes effect") { fixture async throws in
      let resource = SinkFixture.user()
      #expect(try await fixture.done(SinkFixture.create(resource, again: true)) != nil)
      #expect(try await fixture.held(.user, resource.externalID).count == 1)
    },

    SinkClause("an update of unknown outcome that is repeated has one effect") { fixture async throws in
      let first = SinkFixture.user(title: "Clerk")
      let second = SinkFixture.user(first.externalID, title: "Head")
      let id = try await fixture.make(first)
      for again in [false, true] {
        try await fixture.done(SinkFixture.update(second, from: first, id, again: again))
        #expect(try await fixture.held(.user, first.externalID).map(\.title) == ["Head"])
      }
    },

    SinkClause("a group is renamed") { fixture async throws in
      let first = SinkFixture.group()
      let id = try await fixture.make(first)
      var second = first
      second.attributes[.displayName] = .string("Renamed \(first.externalID)")
      try await fixture.done(SinkFixture.update(second, from: first, id))
      #expect(try await fixture.held(.group, first.externalID).map(\.name) == ["Renamed \(first.externalID)"])
    },

    SinkClause("deleting what is not there succeeds, with a link and without") { fixture async throws in
      for kind in [ResourceKind.user, .group] {
        for id in [nil, "no-such-id", "odd/id ?#%"] {
          let operation = SinkFixture.delete(kind, SCIMServer.newGUID(), id, again: id == nil)
          #expect(try await fixture.apply(operation) == .done(remoteID: nil))
        }
      }
    },

    SinkClause("a delete without a link removes what an unanswered create has made") { fixture async throws in
      let resource = SinkFixture.user()
      _ = try await fixture.make(resource)
      try await fixture.done(SinkFixture.delete(.user, resource.externalID, nil, again: true))
      #expect(try await fixture.held(.user, resource.externalID).isEmpty)
    },
  ]
}
