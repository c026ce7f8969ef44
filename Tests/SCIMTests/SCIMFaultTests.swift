import Engine
import HTTPTransport
import Model
import Testing

/// How each fault is judged when it meets a look-up and when it meets a write.
@Suite struct SCIMFaultTests {
  typealias Step = ScriptedTransport.Step

  private static func write(_ step: Step) async throws -> OperationOutcome {
    let fixture = try await SCIMFixture(step)
    return try await fixture.apply(SCIMFixture.delete())
  }

  private static func lookup(_ step: Step) async throws -> OperationOutcome {
    let fixture = try await SCIMFixture(step)
    return try await fixture.apply(SCIMFixture.create(SCIMFixture.user))
  }

  @Test(arguments: [
    Step.json(401), .json(403), .html(200), .json(302), .failure(.unreachable, wasNotSent: true),
    .failure(.tls, wasNotSent: true), .failure(.timeout, wasNotSent: true), .failure(.closed, wasNotSent: true),
  ])
  func `what ails the service as a whole makes it unavailable`(step: Step) async throws {
    #expect(try await Self.write(step).isUnavailable)
    #expect(try await Self.lookup(step).isUnavailable)
  }

  @Test(arguments: [
    (nil, 1), ("7", 7), (" 0 ", 0), ("Fri, 15 Jan 2027 08:00:30 GMT", 30), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("soon", 1), ("-5", 1), ("99999999999999999999", 1), ("999999999", 86_400),
  ])
  func `a pause is as long as the service asks`(retryAfter: String?, seconds: Int) async throws {
    for status in [429, 503] {
      let headers = retryAfter.map { [HTTPHeader("Retry-After", $0)] } ?? []
      #expect(try await Self.write(.answer(status, headers, "")) == .notSent(pause: .seconds(seconds)))
      #expect(try await Self.lookup(.answer(status, headers, "")) == .notSent(pause: .seconds(seconds)))
    }
  }

  @Test(arguments: [Step.json(500), .json(408), .json(425), .html(500)])
  func `trouble that passes is tried again`(step: Step) async throws {
    for outcome in [try await Self.write(step), try await Self.lookup(step)] {
      guard case .retry = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
  }

  @Test(arguments: [
    Step.failure(.timeout), .failure(.interrupted), .failure(.closed), .failure(.bodyTooLarge), .json(502), .html(504),
  ])
  func `no answer leaves a write unknown`(step: Step) async throws {
    let outcome = try await Self.write(step)
    guard case .unknown = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test(arguments: [Step.failure(.timeout), .failure(.interrupted), .failure(.closed), .json(502)])
  func `no answer to a look-up has changed nothing`(step: Step) async throws {
    let outcome = try await Self.lookup(step)
    guard case .retry = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test(arguments: [
    (Step.error(400, "invalidValue", "bad"), "invalidValue", "HTTP 400 invalidValue: bad"),
    (.json(422, #"{"status":422,"detail":"short"}"#), "422", "HTTP 422: short"),
    (.json(413, "[1,2]"), "413", "HTTP 413"),
    (.html(400), "400", "HTTP 400"),
    (.json(409, ""), "409", "HTTP 409"),
    (
      .json(400, #"{"scimType":"","detail":"token swordfish\u001b[31m\nis\u202Eodd"}"#), "400",
      "HTTP 400: token … [31m is odd"
    ),
    (
      .json(412, #"{"detail":"\#(String(repeating: "x", count: 5000))"}"#), "412",
      "HTTP 412: \(String(repeating: "x", count: 300))…"
    ),
  ])
  func `a refusal is told in the service's words, bounded and printable`(
    step: Step,
    code: String,
    reason: String
  ) async throws {
    #expect(try await Self.write(step) == .rejected(code: code, reason: reason))
  }

  @Test func `403 after a write that was allowed concerns the object`() async throws {
    let fixture = try await SCIMFixture(.json(204), .error(403, "", "an administrator"))
    _ = try await fixture.apply(SCIMFixture.delete())
    #expect(
      try await fixture.apply(SCIMFixture.delete()) == .rejected(code: "403", reason: "HTTP 403: an administrator")
    )
  }

  @Test func `an organizational unit has no place in SCIM`() async throws {
    let fixture = try await SCIMFixture()
    #expect(try await fixture.apply(SCIMFixture.delete(.organizationalUnit)).code == "kind")
    #expect(fixture.log.isEmpty)
  }

  @Test func `a target that is no path is the mapping's fault`() async throws {
    let fixture = try await SCIMFixture()
    var user = SCIMFixture.user
    user.attributes[#"emails[type eq "work" and primary eq true].value"#] = "x"
    #expect(try await fixture.apply(SCIMFixture.create(user)).code == "invalidPath")
    #expect(fixture.log.isEmpty)
  }
}
