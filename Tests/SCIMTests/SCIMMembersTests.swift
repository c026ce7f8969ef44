import Engine
import Model
import Testing

@Suite struct SCIMMembersTests {
  private static func patch(_ operations: String...) -> String {
    #"PATCH /Groups/9 {"Operations":[\#(operations.joined(separator: ","))],"#
      + #""schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}"#
  }

  private static func add(_ ids: String...) -> String {
    #"{"op":"add","path":"members","value":[\#(ids.map { #"{"value":"\#($0)"}"# }.joined(separator: ","))]}"#
  }

  private static func remove(_ id: String) -> String {
    #"{"op":"remove","path":"members[value eq \"\#(id)\"]"}"#
  }

  @Test func `adding is one operation, removing one for each member, in two requests`() async throws {
    let fixture = try await SCIMFixture(.json(204), .json(204))
    #expect(try await fixture.apply(SCIMFixture.members(add: ["a", "b"], remove: ["c", "d"])) == .done(remoteID: "9"))
    #expect(fixture.log == [Self.patch(Self.add("a", "b")), Self.patch(Self.remove("c"), Self.remove("d"))])
  }

  @Test func `a bad member is found by halving and named, and the others are added`() async throws {
    let bad = ScriptedTransport.Step.error(400, "invalidValue", "no user c")
    let fixture = try await SCIMFixture(bad, .json(204), bad, bad, .json(204))
    #expect(
      try await fixture.apply(SCIMFixture.members(add: ["a", "b", "c", "d"]))
        == .membersRefused([SCIMFixture.member(2): "HTTP 400 invalidValue: no user c"])
    )
    #expect(
      fixture.log == [
        Self.patch(Self.add("a", "b", "c", "d")), Self.patch(Self.add("a", "b")), Self.patch(Self.add("c", "d")),
        Self.patch(Self.add("c")), Self.patch(Self.add("d")),
      ]
    )
  }

  @Test func `removing one that is no member is done`() async throws {
    let none = ScriptedTransport.Step.error(400, "noTarget")
    let fixture = try await SCIMFixture(none, none, .json(204))
    #expect(try await fixture.apply(SCIMFixture.members(remove: ["a", "b"])) == .done(remoteID: "9"))
    #expect(
      fixture.log == [
        Self.patch(Self.remove("a"), Self.remove("b")), Self.patch(Self.remove("a")), Self.patch(Self.remove("b")),
      ]
    )
  }

  @Test func `adding one that is a member already is done`() async throws {
    let fixture = try await SCIMFixture(.error(409, "uniqueness"))
    #expect(try await fixture.apply(SCIMFixture.members(add: ["a"])) == .done(remoteID: "9"))
  }

  @Test func `404 makes the link stale when the group is gone`() async throws {
    let fixture = try await SCIMFixture(.error(404, ""), .error(404, ""))
    #expect(
      try await fixture.apply(SCIMFixture.members(add: ["a"]))
        == .linkStale(reason: "Groups/9 is gone from the service")
    )
    #expect(fixture.log.last == "GET /Groups/9?excludedAttributes=members")
  }

  @Test func `404 from a group that is there is about the member`() async throws {
    let adding = try await SCIMFixture(.error(404, ""), .json(200, #"{"id":"9"}"#))
    guard case .membersRefused = try await adding.apply(SCIMFixture.members(add: ["a"])) else {
      Issue.record("the group is held for gone")
      return
    }
    let removing = try await SCIMFixture(.error(404, ""), .json(200, #"{"id":"9"}"#))
    #expect(try await removing.apply(SCIMFixture.members(remove: ["a"])) == .done(remoteID: "9"))
  }

  @Test func `a service that cannot do it is not asked for each member`() async throws {
    let fixture = try await SCIMFixture(.error(501, ""))
    #expect(try await fixture.apply(SCIMFixture.members(add: ["a", "b", "c"])).code == "501")
    #expect(fixture.log.count == 1)
  }

  @Test func `a service that takes no member at all is not asked for all of them`() async throws {
    let refusals = Array(repeating: ScriptedTransport.Step.error(400, "invalidValue"), count: 400)
    let transport = ScriptedTransport([.json(200, "{}")] + refusals)
    let fixture = try await SCIMFixture(transport)
    #expect(try await fixture.apply(SCIMFixture.members(add: (0..<100).map(String.init))).code == "invalidValue")
    #expect(fixture.log.count < 40)
  }

  @Test func `a pause after a part took effect leaves the operation unknown and stops the batch`() async throws {
    let fixture = try await SCIMFixture(.json(204), .json(429))
    let outcomes = await fixture.sink.apply([SCIMFixture.members(add: ["a"], remove: ["b"]), SCIMFixture.delete()])
    #expect(
      outcomes == [
        .unknown(reason: "applied in part, then the service asked for a pause"), .notSent(pause: .seconds(1)),
      ]
    )
  }

  @Test func `quotes in an id stay inside the path`() async throws {
    let fixture = try await SCIMFixture(.json(204))
    _ = try await fixture.apply(SCIMFixture.members(remove: [#"a"] or x"#]))
    #expect(fixture.log == [Self.patch(#"{"op":"remove","path":"members[value eq \"a\\\"] or x\"]"}"#)])
  }
}
