import ControlAPI
import ControlClient
import FoundationEssentials
import HTTPTransport
import Testing

@Suite("The log over the control socket")
struct LogRequestTests {
  private static func parse(_ parameters: [(String, String)]) throws -> LogRequest {
    try LogRequest(parameters: parameters.map { (key: $0.0[...], value: $0.1[...]) })
  }

  private static let guid = "6f9619ff-8b86-d011-b42d-00c04fc964ff"

  @Test func `every parameter is read, and written as it is read`() throws {
    let request = try Self.parse([
      ("after", "12"), ("since", "2h"), ("object", Self.guid.uppercased()), ("action", "disable"), ("status", "held"),
      ("run", "7"), ("limit", "500"), ("wait", "20s"),
    ])
    #expect(
      request.query == "?after=12&since=7200s&object=\(Self.guid)&action=disable&status=held&run=7&limit=500&wait=20s"
    )
    #expect(try Self.parse([("before", "0")]).before == 0)
    let date = try Self.parse([("since", "2023-11-14T22:13:20Z")])
    #expect(date.since == .date(Date(timeIntervalSince1970: 1_700_000_000)))
    #expect(date.query == "?since=2023-11-14T22:13:20Z")
    let years = try Self.parse([("since", "36525d")])
    #expect(years.query == "?since=3155760000s")
    #expect(try Self.parse([("since", "3155760000s")]) == years)
    #expect(try Self.parse([]) == LogRequest())
    #expect(LogRequest().query == "")
  }

  @Test(
    arguments: [
      ("after", ""), ("after", "-1"), ("after", "+1"), ("after", "9223372036854775808"), ("after", "1e3"),
      ("after", "١"), ("before", "x"), ("run", " 1"), ("limit", "0"), ("limit", "501"), ("limit", "00000000000000001x"),
      ("wait", "31s"), ("wait", "1m"), ("wait", "s"), ("wait", "5"), ("since", ""), ("since", "h"), ("since", "-2h"),
      ("since", "999999999d"), ("since", "36526d"), ("since", "2023-13-14T22:13:20Z"), ("since", "yesterday"),
      ("since", "2h\0"),
      ("object", guid + "0"), ("object", "6f9619ff-8b86-d011-b42d-00c04fc964fg"), ("object", "*"),
      ("object", "6f9619ff8b86-d011-b42d-00c04fc964ff-"), ("action", "DELETE"), ("action", ""), ("status", "ok"),
      ("sort", "id"), ("", ""), ("After", "1"), ("object", String(repeating: "a", count: 100_000)),
      (String(repeating: "b", count: 100_000), "1"),
    ])
  func `anything else is refused, and says what would be right`(name: String, value: String) throws {
    let wrong = try #require(throws: WrongParameter.self) { try Self.parse([(name, value)]) }
    #expect(wrong.name == String(name.prefix(64)))
    #expect(!wrong.remedy.isEmpty)
  }

  @Test func `a parameter given twice, or two that contradict, are refused`() {
    #expect(throws: WrongParameter.self) { try Self.parse([("after", "1"), ("after", "1")]) }
    #expect(throws: WrongParameter.self) { try Self.parse([("after", "1"), ("before", "3")]) }
  }

  @Test(arguments: [("limit", "0"), ("limit", "1001"), ("limit", "x"), ("limit", "-1"), ("run", "1")])
  func `runs take a limit and nothing else`(name: String, value: String) {
    #expect(throws: WrongParameter.self) { try RunsRequest.limit(parameters: [(key: name[...], value: value[...])]) }
  }

  @Test func `reach the backend, and the answer comes as it gives it`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let page = try await server.client.log("cloud-users", LogRequest())
      #expect(page == StubBackend.page)
      let encoded = "/v1/configurations/cloud-users/log?object=%36f9619ff-8b86-d011-b42d-00c04fc964ff&wait=1s"
      let response = try await server.transport.send(.get(encoded))
      #expect(response.status == 200)
      let runs = try await server.client.runs("cloud-users") + server.client.runs("cloud-users", limit: 3)
      #expect(runs == [StubBackend.run, StubBackend.run])
      #expect(!server.log.lines.contains { $0.message == "Change requested over the control socket" })
    }
    #expect(
      backend.calls == [
        "log cloud-users ", "log cloud-users ?object=\(Self.guid)&wait=1s", "runs cloud-users 20", "runs cloud-users 3",
      ]
    )
  }

  @Test func `values keep their kinds in JSON`() throws {
    let bytes = try ControlJSON.encode(StubBackend.page)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(#""changes":[{"new":"true","path":"a"},{"new":["x"],"old":true,"path":"b"}]"#))
    #expect(try ControlJSON.decode(LogPage.self, from: bytes) == StubBackend.page)
  }
}
