import Engine
import Model
import Testing

@Suite struct SCIMUpdateTests {
  private static let work: TargetPath = #"emails[type eq "work"].value"#
  private static let title = AttributeChange(path: "title", old: "Lady", new: "Countess")
  private static let noTitle = AttributeChange(path: "title", old: "Lady", new: nil)
  private static let active = AttributeChange(path: .active, old: false, new: true)
  private static let email = AttributeChange(path: work, old: "old@example.com", new: "ada@example.com")
  private static let noEmail = AttributeChange(path: work, old: "old@example.com", new: nil)

  private static func patch(_ operations: String...) -> String {
    #"PATCH /Users/42 {"Operations":[\#(operations.joined(separator: ","))],"#
      + #""schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}"#
  }

  private static let replaceTitle = #"{"op":"replace","path":"title","value":"Countess"}"#
  private static let replaceActive = #"{"op":"replace","path":"active","value":true}"#
  private static let replaceEmail =
    #"{"op":"replace","path":"emails[type eq \"work\"].value","value":"ada@example.com"}"#
  private static let addEmail = #"{"op":"add","path":"emails","value":[{"type":"work","value":"ada@example.com"}]}"#

  @Test func `one operation goes out for each attribute`() async throws {
    let fixture = try await SCIMFixture(.json(204))
    let outcome = try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.active, Self.email, Self.title))
    #expect(outcome == .done(remoteID: "42"))
    #expect(fixture.log == [Self.patch(Self.replaceActive, Self.replaceEmail, Self.replaceTitle)])
  }

  @Test func `what is gone is removed, an element with its last part`() async throws {
    let fixture = try await SCIMFixture(.json(200, "{}"))
    var wanted = SCIMFixture.user
    wanted.attributes[Self.work] = nil
    #expect(
      try await fixture.apply(SCIMFixture.update(wanted, Self.noEmail, Self.noTitle)) == .done(remoteID: "42")
    )
    #expect(
      fixture.log == [
        Self.patch(#"{"op":"remove","path":"emails[type eq \"work\"]"}"#, #"{"op":"remove","path":"title"}"#)
      ]
    )
  }

  @Test func `an element that is not there is added whole`() async throws {
    let fixture = try await SCIMFixture(
      .error(400, "noTarget"),
      .json(200, #"{"id":"42","emails":[{"type":"home"}]}"#),
      .json(204)
    )
    #expect(
      try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.email, Self.title)) == .done(remoteID: "42")
    )
    #expect(
      fixture.log == [
        Self.patch(Self.replaceEmail, Self.replaceTitle), "GET /Users/42", Self.patch(Self.addEmail, Self.replaceTitle),
      ]
    )
  }

  @Test func `noTarget for one object teaches nothing about the next`() async throws {
    let fixture = try await SCIMFixture(.error(400, "noTarget"), .json(200, #"{"id":"42"}"#), .json(204), .json(204))
    for _ in 0..<2 { _ = try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.email)) }
    #expect(fixture.log.last == Self.patch(Self.replaceEmail))
  }

  @Test func `removing what is not there is done`() async throws {
    let fixture = try await SCIMFixture(.error(400, "noTarget"), .json(200, #"{"id":"42"}"#))
    var wanted = SCIMFixture.user
    wanted.attributes[Self.work] = nil
    wanted.attributes["title"] = nil
    let outcome = try await fixture.apply(SCIMFixture.update(wanted, Self.noEmail, Self.noTitle))
    #expect(outcome == .done(remoteID: "42"))
    #expect(fixture.log.count == 2)
  }

  @Test(arguments: [(400, "invalidPath"), (501, "")])
  func `where filters in paths are not understood the attribute is replaced whole, from then on`(
    status: Int,
    scimType: String
  ) async throws {
    let shown = ScriptedTransport.Step.json(
      200,
      #"{"id":"42","emails":[{"type":"home","value":"h"},{"type":"work","value":"w","primary":true}]}"#
    )
    let fixture = try await SCIMFixture(.error(status, scimType), shown, .json(204), shown, .json(204))
    for _ in 0..<2 {
      #expect(try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.email)) == .done(remoteID: "42"))
    }
    let whole = Self.patch(
      #"{"op":"replace","path":"emails","value":[{"type":"home","value":"h"},"#
        + #"{"primary":true,"type":"work","value":"ada@example.com"}]}"#
    )
    #expect(fixture.log == [Self.patch(Self.replaceEmail), "GET /Users/42", whole, "GET /Users/42", whole])
  }

  @Test func `a title that is refused does not hold back active`() async throws {
    let fixture = try await SCIMFixture(.error(400, "invalidValue", "no such title"), .json(204))
    #expect(
      try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.active, Self.title))
        == .rejected(
          code: "invalidValue",
          reason: "HTTP 400 invalidValue: no such title (of the change only active was applied)"
        )
    )
    #expect(fixture.log == [Self.patch(Self.replaceActive, Self.replaceTitle), Self.patch(Self.replaceActive)])
  }

  @Test func `active alone that is refused is not tried twice`() async throws {
    let fixture = try await SCIMFixture(.error(400, "mutability", "read-only"))
    #expect(
      try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.active))
        == .rejected(code: "mutability", reason: "HTTP 400 mutability: read-only")
    )
  }

  @Test func `404 for what is gone makes the link stale`() async throws {
    let fixture = try await SCIMFixture(.error(404, ""), .error(404, ""))
    #expect(
      try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.title))
        == .linkStale(reason: "Users/42 is gone from the service")
    )
    #expect(fixture.log == [Self.patch(Self.replaceTitle), "GET /Users/42"])
  }

  @Test func `404 for what is there only refuses the form`() async throws {
    let fixture = try await SCIMFixture(.error(404, ""), .json(200, #"{"id":"42"}"#))
    #expect(try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.title)).code == "404")
  }

  @Test func `without a link the object must be made`() async throws {
    let fixture = try await SCIMFixture()
    let outcome = try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.title, remoteID: nil))
    guard case .linkStale = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(fixture.log.isEmpty)
  }

  @Test(arguments: [(".", nil), ("..", nil), ("a/../b ?#", "a%2F..%2Fb%20%3F%23"), ("é", "%C3%A9")])
  func `an id stays one segment of the URL`(id: String, encoded: String?) async throws {
    let fixture = try await SCIMFixture(.json(204))
    let outcome = try await fixture.apply(SCIMFixture.update(SCIMFixture.user, Self.title, remoteID: id))
    if let encoded {
      #expect(fixture.log.first?.hasPrefix("PATCH /Users/\(encoded) ") == true)
    } else {
      #expect(outcome.code == "id")
      #expect(fixture.log.isEmpty)
    }
  }
}
