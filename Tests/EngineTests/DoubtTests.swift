import Engine
import Model
import TestSupport
import Testing

@Suite("What is in doubt is looked for again")
struct DoubtTests {
  private let now = Timestamp(milliseconds: 1_800_000_000_000)

  private func resource(_ attributes: [TargetPath: ResourceValue]) -> Resource {
    Resource(
      kind: .user,
      externalID: .numbered(11),
      attributes: attributes.merging([.userName: .string("ada")]) { own, _ in own }
    )
  }

  private func link(wanting desired: Resource, sent: Resource?) -> LinkRecord {
    var link = LinkRecord(
      object: ObjectID(1),
      configuration: ConfigurationID(1),
      guid: .numbered(11),
      kind: .user
    )
    link.presence = .present
    link.state = .pending
    link.desired = desired
    link.desiredVersion = 2
    link.sent = sent
    link.isUncertain = true
    return link
  }

  @Test("an id from before a delete in doubt is not used after a create in doubt")
  func staleID() throws {
    var link = link(wanting: resource([:]), sent: nil)
    link.confirmed = resource(["title": .string("Clerk")])
    link.remoteID = "old"
    let dispatched = link.dispatched()
    let after = try #require(dispatched.settled(.unknown(reason: "no answer"), after: link, at: now))
    let repeated = try #require(after.operation)
    #expect(repeated.remoteID == nil)
    #expect(repeated.mayHaveApplied)
    guard case .create = repeated.action else {
      Issue.record("\(repeated.action)")
      return
    }
    // The title may still be there.
    #expect(after.sent?.attributes["title"] == .string("Clerk"))
  }

  @Test("what was once sent and is not wanted any more is taken back from what was found again")
  func leftover() throws {
    let link = link(wanting: resource([:]), sent: resource(["title": .string("Clerk")]))
    let found = try #require(link.dispatched().settled(.done(remoteID: "7"), after: link, at: now))
    let clearing = try #require(found.operation)
    #expect(clearing.remoteID == "7")
    guard case .update(_, let changes) = clearing.action else {
      Issue.record("\(clearing.action)")
      return
    }
    #expect(changes.map(\.path) == ["title"])
    #expect(changes.allSatisfy { $0.new == nil })
    let cleared = try #require(found.dispatched().settled(.done(remoteID: nil), after: found, at: now))
    #expect(cleared.state == .idle)
    #expect(cleared.operation == nil)
    #expect(cleared.remoteID == "7")
  }

  @Test("what was found again and holds nothing else is settled at once")
  func nothingLeft() throws {
    let link = link(wanting: resource(["title": .string("Boss")]), sent: resource(["title": .string("Clerk")]))
    let found = try #require(link.dispatched().settled(.done(remoteID: "7"), after: link, at: now))
    #expect(found.state == .idle)
  }
}
