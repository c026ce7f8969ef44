import Engine
import HTTPTransport
import Model
import Testing

@Suite struct SCIMCreateTests {
  static let guid = "00000000-0000-0000-0000-000000000007"
  static let byExternalID = "GET /Users?filter=externalId%20eq%20%22\(guid)%22"
  static let byUserName = "GET /Users?filter=userName%20eq%20%22ada%40example.com%22"
  static let post = """
    POST /Users {"active":true,"emails":[{"type":"work","value":"ada@example.com"}],"externalId":"\(guid)",\
    "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"title":"Countess","userName":"ada@example.com"}
    """
  /// As the service shows it when it holds all that is wanted.
  static let whole = """
    {"id":"42","externalId":"\(guid.uppercased())","userName":"ada@example.com","active":true,"title":"Countess",\
    "emails":[{"type":"work","value":"ada@example.com","primary":true}]}
    """

  @Test func `what is not there is made`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .json(201, #"{"id":"42"}"#))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))
    #expect(fixture.log == [Self.byExternalID, Self.byUserName, Self.post])
  }

  @Test func `requests carry the token, the types and a user agent`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .json(201, #"{"id":"42"}"#))
    _ = try await fixture.apply(SCIMFixture.create(SCIMFixture.user))
    for request in fixture.transport.requests {
      #expect(request.headers.contains(HTTPHeader("Authorization", "Bearer swordfish")))
      #expect(request.headers.contains(HTTPHeader("Accept", "application/scim+json, application/json")))
      #expect(request.headers.contains(HTTPHeader("User-Agent", "adprov")))
      #expect(request.headers.contains { $0.name == "Content-Type" } == (request.body != nil))
    }
  }

  @Test(arguments: [
    (#"{"id":17}"#, nil, "17"),
    ("", "https://scim.example.com/v2/Users/a%2Fb", "a/b"),
    (#"{"detail":"made"}"#, "/Users/17/", "17"),
  ])
  func `the id comes from the body, else from Location`(body: String, location: String?, id: String) async throws {
    let headers = location.map { [HTTPHeader("Location", $0)] } ?? []
    let answer = HTTPHeader("Content-Type", "application/json")
    let fixture = try await SCIMFixture(.list, .list, .answer(201, headers + [answer], body))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: id))
  }

  @Test func `without any id the resource is looked for`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .json(201), .list(Self.whole))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))

    let lost = try await SCIMFixture(.list, .list, .json(201), .list, .list)
    guard case .unknown = try await lost.apply(SCIMFixture.create(SCIMFixture.user)) else {
      Issue.record("what was made must not be called refused")
      return
    }
  }

  @Test func `what is there already, and equal, is adopted without a write`() async throws {
    let fixture = try await SCIMFixture(.list(Self.whole))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user, again: true)) == .done(remoteID: "42"))
    #expect(fixture.log == [Self.byExternalID])
  }

  @Test func `a user of that name without externalId is adopted and brought to the wanted state`() async throws {
    let found = #"{"id":"42","userName":"ADA@example.com","active":false,"emails":[{"type":"home","value":"x"}]}"#
    let fixture = try await SCIMFixture(.list, .list(found), .json(204))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))
    #expect(
      fixture.log.last == """
        PATCH /Users/42 {"Operations":[{"op":"replace","path":"active","value":true},\
        {"op":"add","path":"emails","value":[{"type":"work","value":"ada@example.com"}]},\
        {"op":"replace","path":"title","value":"Countess"},\
        {"op":"replace","path":"userName","value":"ada@example.com"},\
        {"op":"replace","path":"externalId","value":"\(Self.guid)"}],\
        "schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}
        """
    )
  }

  @Test func `a user of that name with another externalId is a conflict`() async throws {
    let fixture = try await SCIMFixture(.list, .list(#"{"id":"42","userName":"ada@example.com","externalId":"else"}"#))
    #expect(
      try await fixture.apply(SCIMFixture.create(SCIMFixture.user))
        == .rejected(code: "uniqueness", reason: "Users/42 has this userName and another externalId")
    )
    #expect(fixture.log == [Self.byExternalID, Self.byUserName])
  }

  @Test func `what is ours is known although its values are refused`() async throws {
    let ours = #"{"id":"42","userName":"old@example.com","externalId":"\#(Self.guid)"}"#
    let fixture = try await SCIMFixture(.list(ours), .error(409, "uniqueness", "userName taken"), .json(200))
    let outcome = try await fixture.apply(SCIMFixture.create(SCIMFixture.user, again: true))
    guard case .adopted("42", "uniqueness", _) = outcome else {
      Issue.record("\(outcome)")
      return
    }

    let foreign = #"{"id":"42","userName":"ada@example.com"}"#
    let matched = try await SCIMFixture(.list, .list(foreign), .error(400, "invalidValue"), .json(200))
    #expect(try await matched.apply(SCIMFixture.create(SCIMFixture.user)).code == "invalidValue")
  }

  @Test func `several matches are a conflict that names them`() async throws {
    let one = #"{"id":"1","userName":"ada@example.com"}"#
    let two = #"{"id":"2","userName":"Ada@Example.com"}"#
    let fixture = try await SCIMFixture(.list, .list(one, two))
    #expect(
      try await fixture.apply(SCIMFixture.create(SCIMFixture.user))
        == .rejected(code: "ambiguous", reason: "several resources have this userName: 1, 2")
    )
  }

  @Test func `a service that answers a filter with everything is not believed`() async throws {
    let others = ScriptedTransport.Step.list(
      #"{"id":"1","userName":"eve","externalId":"e"}"#,
      #"{"id":"2"}"#,
      "{}",
      "7"
    )
    let fixture = try await SCIMFixture(others, others, .json(201, #"{"id":"42"}"#))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))
    #expect(fixture.log.last == Self.post)
  }

  @Test(arguments: [400, 501])
  func `a filter that is refused is no proof of absence`(status: Int) async throws {
    let refusal = ScriptedTransport.Step.error(status, "invalidFilter")
    let found = ScriptedTransport.Step.list(#"{"id":"42","userName":"ada@example.com","externalId":"\#(Self.guid)"}"#)
    let byName = try await SCIMFixture(refusal, found, .json(204))
    #expect(try await byName.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))

    let blind = try await SCIMFixture(refusal, refusal, .json(201, #"{"id":"42"}"#))
    #expect(try await blind.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))

    let repeated = try await SCIMFixture(refusal, refusal)
    let outcome = try await repeated.apply(SCIMFixture.create(SCIMFixture.user, again: true))
    #expect(outcome.code == "lookup")
    #expect(repeated.log == [Self.byExternalID, Self.byUserName])
  }

  @Test func `409 is followed by another look, which adopts`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .error(409, "uniqueness"), .list(Self.whole))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))
    #expect(fixture.log == [Self.byExternalID, Self.byUserName, Self.post, Self.byExternalID])
  }

  @Test func `409 without anything to be found is the object's fault`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .error(409, "uniqueness", "userName taken"), .list, .list)
    #expect(
      try await fixture.apply(SCIMFixture.create(SCIMFixture.user))
        == .rejected(code: "uniqueness", reason: "HTTP 409 uniqueness: userName taken")
    )
  }

  @Test func `a bare array is as good as a list`() async throws {
    let fixture = try await SCIMFixture(.json(200, "[\(Self.whole)]"))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.user)) == .done(remoteID: "42"))
  }

  @Test func `a group is matched by displayName and made without members`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .json(201, #"{"id":"9"}"#))
    #expect(try await fixture.apply(SCIMFixture.create(SCIMFixture.group)) == .done(remoteID: "9"))
    #expect(
      fixture.log == [
        "GET /Groups?filter=externalId%20eq%20%22\(Self.guid)%22",
        "GET /Groups?filter=displayName%20eq%20%22Engines%22",
        #"POST /Groups {"displayName":"Engines","externalId":"\#(Self.guid)","#
          + #""schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"]}"#,
      ]
    )
  }

  @Test func `quotes in a name stay inside the filter`() async throws {
    let fixture = try await SCIMFixture(.list, .list, .json(201, #"{"id":"9"}"#))
    let group = Resource(
      kind: .group,
      externalID: SCIMFixture.guid,
      attributes: [.displayName: #"a" or \ &x=1"#]
    )
    _ = try await fixture.apply(SCIMFixture.create(group))
    #expect(fixture.log[1] == "GET /Groups?filter=displayName%20eq%20%22a%5C%22%20or%20%5C%5C%20%26x%3D1%22")
  }

  @Test(arguments: [404, 405])
  func `a service without the collection is unusable`(status: Int) async throws {
    let atLookup = try await SCIMFixture(.html(status))
    #expect(try await atLookup.apply(SCIMFixture.create(SCIMFixture.user)).isUnavailable)
    let atPost = try await SCIMFixture(.list, .list, .html(status))
    #expect(try await atPost.apply(SCIMFixture.create(SCIMFixture.user)).isUnavailable)
  }
}

extension OperationOutcome {
  var isUnavailable: Bool {
    if case .unavailable = self { true } else { false }
  }

  var code: String? {
    if case .rejected(let code, _) = self { code } else { nil }
  }
}
