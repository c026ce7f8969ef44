import Engine
import Model
import TestSupport
import Testing

extension SinkClause {
  static let conduct = [
    SinkClause("answers stand where their operations stood") { fixture async throws in
      let users = (0..<20).map { _ in SinkFixture.user() }
      let operations = users.flatMap { user in
        [SinkFixture.create(user), SinkFixture.delete(.user, SCIMServer.newGUID(), "no-such-id")]
      }
      let outcomes = await fixture.sink.apply(operations)
      #expect(outcomes.count == operations.count)
      for (index, outcome) in outcomes.enumerated() where index % 2 == 1 { #expect(outcome == .done(remoteID: nil)) }

      // Each id leads to its own object.
      let renamed = users.map { SinkFixture.user($0.externalID, title: "\($0.externalID)") }
      let updates = zip(users, renamed).enumerated().compactMap { index, pair -> Operation? in
        guard case .done(let id?) = outcomes[2 * index] else { return nil }
        return SinkFixture.update(pair.1, from: pair.0, id)
      }
      #expect(updates.count == users.count)
      _ = await fixture.sink.apply(updates)
      for user in users {
        #expect(try await fixture.held(.user, user.externalID).map(\.title) == ["\(user.externalID)"])
      }
    },

    SinkClause("another sink goes on where the first one ended") { fixture async throws in
      let first = SinkFixture.user()
      let id = try await fixture.make(first)
      await fixture.sink.close()

      let next = try fixture.subject.makeSink()
      try await next.open()
      let second = SinkFixture.user(first.externalID, title: "Head")
      #expect(await next.apply([SinkFixture.update(second, from: first, id)]) == [.done(remoteID: id)])
      #expect(await next.apply([SinkFixture.create(first, again: true)]) == [.done(remoteID: id)])
      #expect(try await fixture.held(.user, first.externalID).count == 1)
      await next.close()
    },

    SinkClause("nothing is asked of a sink that is closed or was never open, and it may be opened again") {
      fixture async throws in
      let user = SinkFixture.user()
      let unopened = try fixture.subject.makeSink()
      await fixture.sink.close()
      for sink in [unopened, fixture.sink] {
        let outcomes = await sink.apply([SinkFixture.create(user), SinkFixture.create(user)])
        #expect(outcomes.count == 2)
        for outcome in outcomes {
          guard case .unavailable = outcome else {
            Issue.record("\(outcome)")
            continue
          }
        }
      }
      #expect(try await fixture.held(.user, user.externalID).isEmpty)
      try await fixture.sink.open()
      #expect(await fixture.sink.apply([SinkFixture.create(user)]).count == 1)
      #expect(try await fixture.held(.user, user.externalID).count == 1)
    },

    SinkClause("opening again keeps the sink in order") { fixture async throws in
      try await fixture.sink.open()
      let user = SinkFixture.user()
      _ = try await fixture.make(user)
      try await fixture.sink.open()
      try await fixture.done(SinkFixture.create(user, again: true))
      #expect(try await fixture.held(.user, user.externalID).count == 1)
    },

    SinkClause("a cancelled task sends nothing") { fixture async throws in
      let users = (0..<10).map { _ in SinkFixture.user() }
      let task = Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return await fixture.sink.apply(users.map { SinkFixture.create($0) })
      }
      #expect(await task.value == users.map { _ in .notSent(pause: nil) })
      for user in users { #expect(try await fixture.held(.user, user.externalID).isEmpty) }
    },

    SinkClause("an empty batch has no answers") { fixture async throws in
      #expect(await fixture.sink.apply([]).isEmpty)
    },
  ]
}
