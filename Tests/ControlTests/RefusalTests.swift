import ControlAPI
import ControlClient
import ControlServer
import HTTPTransport
import Testing

@Suite("ControlServer: what it refuses")
struct RefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let request: HTTPRequest
    let status: Int
    let title: String
    var testDescription: String { name }

    init(_ name: String, _ request: HTTPRequest, _ status: Int, _ title: String) {
      self.name = name
      self.request = request
      self.status = status
      self.title = title
    }
  }

  static let toml = "application/toml"

  static let cases = [
    Case("an unknown path", .get("/v2/health"), 404, "No such path"),
    Case("the root", .get("/"), 404, "No such path"),
    Case("a path below a known one", .get("/v1/health/x"), 404, "No such path"),
    Case("an unknown configuration", .get("/v1/configurations/none"), 404, "No such configuration"),
    Case(
      "a restart of an unknown one",
      .post("/v1/configurations/none/restart?wait=true"),
      404,
      "No such configuration"
    ),
    Case(
      "a reset of something else",
      .post("/v1/configurations/cloud-users/restart?reset=links,cookies"),
      400,
      "No such reset"
    ),
    Case("a reset of nothing", .post("/v1/configurations/cloud-users/restart?reset="), 400, "No such reset"),
    Case(
      "a preview that is neither wanted nor not",
      .post("/v1/configurations/cloud-users/restart?reset=all&preview=1"),
      400,
      "Neither true nor false"
    ),
    Case(
      "a flag given twice",
      .post("/v1/configurations/cloud-users/reconcile?repair=false&repair=true"),
      400,
      "Neither true nor false"
    ),
    Case("a list of holds without end", .get("/v1/configurations/cloud-users/holds?limit=100000"), 400, "Not a limit"),
    Case("a reconcile of an unknown one", .post("/v1/configurations/none/reconcile"), 404, "No such configuration"),
    Case("a log of an unknown one", .get("/v1/configurations/none/log"), 404, "No such configuration"),
    Case(
      "a filter that is misspelt",
      .get("/v1/configurations/cloud-users/log?statuss=failure"),
      400,
      "Wrong parameter"
    ),
    Case("too much of a log", .get("/v1/configurations/cloud-users/log?limit=501"), 400, "Wrong parameter"),
    Case("too many runs", .get("/v1/configurations/cloud-users/runs?limit=1001"), 400, "Wrong parameter"),
    Case("a log that is written to", .post("/v1/configurations/cloud-users/log"), 405, "Wrong method"),
    Case("a name that climbs", .get("/v1/configurations/..%2F..%2Fetc"), 400, "Not a name"),
    Case("a name of dots", .get("/v1/configurations/.."), 400, "Not a name"),
    Case("a method that a path lacks", .post("/v1/health"), 405, "Wrong method"),
    Case("GET where only POST is", .get("/v1/reload"), 405, "Wrong method"),
    Case(
      "JSON that is none",
      .put("/v1/configurations/x", "{", type: "application/json"),
      400,
      "The JSON is not understood"
    ),
    Case(
      "JSON of another shape",
      .put("/v1/configurations/x", "{}", type: "application/json"),
      400,
      "The JSON is not understood"
    ),
    Case("no content type", .put("/v1/configurations/x", "a = 1", type: nil), 415, "Wrong content type"),
    Case(
      "a form, which curl sends by default",
      .put("/v1/configurations/x", "a = 1", type: "application/x-www-form-urlencoded"),
      415,
      "Wrong content type"
    ),
    Case("an empty text", .put("/v1/configurations/x", "", type: toml), 400, "The body is empty"),
    Case("a text to check of an unknown type", .put("/v1/check", "a", type: nil).posted, 415, "Wrong content type"),
  ]

  @Test(arguments: cases)
  func `is answered with a problem that says what to do`(refusal: Case) async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let response = try await server.transport.send(refusal.request)
      #expect(response.status == refusal.status)
      let problem = try response.problem
      #expect(problem.title == refusal.title)
      #expect(problem.remedy?.isEmpty == false)
      #expect(backend.calls.isEmpty)
    }
  }

  @Test func `a wrong method names the right ones`() async throws {
    try await RunningServer.with { server in
      let response = try await server.transport.send(.post("/v1/configurations/x"))
      #expect(response.header("Allow") == "GET, PUT")
    }
  }

  @Test func `an unknown reset names the valid ones`() async throws {
    try await RunningServer.with { server in
      let response = try await server.transport.send(.post("/v1/configurations/cloud-users/restart?reset=cookies"))
      let problem = try response.problem
      #expect(problem.detail == #"A restart cannot reset "cookies". Nothing was changed."#)
      #expect(problem.remedy == "Use watermark, escrows, quarantine, links, separated by commas, or all.")
    }
  }

  @Test func `JSON of another shape names the member`() async throws {
    try await RunningServer.with { server in
      let body = #"{"domain": "corp.example.com", "scope": {"mode": "some"}, "sink": {"kind": "file"}}"#
      let response = try await server.transport.send(
        .put("/v1/configurations/x", body, type: "application/json")
      )
      #expect(try response.problem.detail == #""scope.mode" has a value that is not allowed."#)
    }
  }

  @Test func `a body that is not UTF-8 is not a text`() async throws {
    try await RunningServer.with { server in
      var request = HTTPRequest.put("/v1/configurations/x", "", type: Self.toml)
      request.body = [0x61, 0xFF]
      let problem = try await server.transport.send(request).problem
      #expect(problem.title == "The body is not text")
    }
  }

  @Test func `a body of more than 1 MiB is refused before it comes`() async throws {
    try await RunningServer.with { server in
      let raw =
        "PUT /v1/configurations/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/toml\r\nConnection: close\r\n"
      let response = try await server.transport.send(raw: Array((raw + "Content-Length: 1048577\r\n\r\n").utf8))
      #expect(response.status == 413)
      let problem = try response.problem
      #expect(problem.title == "The body is too large")
    }
  }

  @Test func `a body of 1 MiB is taken`() async throws {
    try await RunningServer.with { server in
      let body = String(repeating: "#", count: 1 << 20)
      let response = try await server.transport.send(.put("/v1/configurations/x", body, type: Self.toml))
      #expect(response.status == 201)
    }
  }

  @Test func `a chunked body is measured as it comes`() async throws {
    var limits = ControlLimits()
    limits.bodySize = 10
    try await RunningServer.with(limits: limits) { server in
      let raw =
        "PUT /v1/configurations/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/toml\r\nConnection: close\r\n"
      let chunked = raw + "Transfer-Encoding: chunked\r\n\r\n8\r\n########\r\n8\r\n########\r\n0\r\n\r\n"
      let response = try await server.transport.send(raw: Array(chunked.utf8))
      #expect(response.status == 413)
    }
  }

  @Test func `a body that does not come is not waited for`() async throws {
    var limits = ControlLimits()
    limits.bodyTime = .milliseconds(50)
    try await RunningServer.with(limits: limits) { server in
      let raw =
        "PUT /v1/configurations/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/toml\r\nContent-Length: 9\r\n\r\n#"
      let response = try await server.transport.send(raw: Array(raw.utf8))
      #expect(response.status == 408)
      #expect(response.header("Connection") == "close")
    }
  }

  @Test func `a head that does not end is not waited for`() async throws {
    var limits = ControlLimits()
    limits.idleTime = .milliseconds(50)
    try await RunningServer.with(limits: limits) { server in
      let answer = try await server.transport.exchange(Array("GET /v1/health HTTP/1.1\r\nHost: x\r\n".utf8))
      #expect(answer.isEmpty)
    }
  }

  @Test func `headers without end are refused`() async throws {
    try await RunningServer.with { server in
      let raw = "GET /v1/health HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 64 << 10))\r\n\r\n"
      let response = try await server.transport.send(raw: Array(raw.utf8))
      #expect(response.status == 400)
    }
  }

  @Test func `the client sends no name that could be a path`() async throws {
    try await RunningServer.with { server in
      await #expect(throws: ControlClientError.invalidName) { try await server.client.configuration("../x") }
    }
  }
}

extension HTTPRequest {
  fileprivate var posted: HTTPRequest {
    var copy = self
    copy.method = "POST"
    return copy
  }
}
