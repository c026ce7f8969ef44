import Engine
import Model
import Testing

@Suite struct SCIMDeleteTests {
  private static let lookup = "GET /Users?filter=externalId%20eq%20%2200000000-0000-0000-0000-000000000007%22"
  private static let ours = #"{"id":"42","externalId":"00000000-0000-0000-0000-000000000007"}"#

  @Test(arguments: [200, 204, 404, 410])
  func `deleting succeeds, also when it is gone`(status: Int) async throws {
    let fixture = try await SCIMFixture(.json(status))
    #expect(try await fixture.apply(SCIMFixture.delete()) == .done(remoteID: nil))
    #expect(fixture.log == ["DELETE /Users/42"])
  }

  @Test func `without a link only what bears our externalId is deleted`() async throws {
    let fixture = try await SCIMFixture(
      .list(#"{"id":"1","externalId":"other"}"#, #"{"id":"2"}"#, Self.ours),
      .json(204)
    )
    #expect(try await fixture.apply(SCIMFixture.delete(remoteID: nil)) == .done(remoteID: nil))
    #expect(fixture.log == [Self.lookup, "DELETE /Users/42"])
  }

  @Test func `without a link and a match there is nothing to delete`() async throws {
    let fixture = try await SCIMFixture(.list(#"{"id":"1","externalId":"other"}"#))
    #expect(try await fixture.apply(SCIMFixture.delete(remoteID: nil)) == .done(remoteID: nil))
    #expect(fixture.log == [Self.lookup])
  }

  @Test func `without a link and a usable filter nothing is claimed`() async throws {
    let fixture = try await SCIMFixture(.error(400, "invalidFilter"))
    #expect(try await fixture.apply(SCIMFixture.delete(remoteID: nil)).code == "lookup")
  }

  @Test func `two resources with our externalId are left to a person`() async throws {
    let fixture = try await SCIMFixture(.list(Self.ours, Self.ours.replacing("42", with: "43")))
    #expect(
      try await fixture.apply(SCIMFixture.delete(remoteID: nil))
        == .rejected(code: "ambiguous", reason: "several resources have this externalId: 42, 43")
    )
  }

  @Test func `a refusal is the object's fault`() async throws {
    let fixture = try await SCIMFixture(.error(400, "mutability", "protected"))
    #expect(
      try await fixture.apply(SCIMFixture.delete())
        == .rejected(code: "mutability", reason: "HTTP 400 mutability: protected")
    )
  }
}
