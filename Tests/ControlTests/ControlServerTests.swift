import ControlAPI
import ControlClient
import ControlServer
import HTTPTransport
import Testing

@Suite("ControlServer: the routes")
struct ControlServerTests {
  @Test func `health answers 200 when all is well`() async throws {
    try await RunningServer.with { server in
      let response = try await server.transport.send(.get("/v1/health"))
      #expect(response.status == 200)
      #expect(response.header("Content-Type") == "application/json")
      #expect(response.text == #"{"reasons":[],"status":"ok","version":"\#(AgentVersion.current)"}"# + "\n")
    }
  }

  @Test(
    arguments: [
      (HealthReport.Status.ok, 200), (.starting, 200), (.degraded, 503), (.failed, 503),
    ])
  func `health has a status code for monitoring`(status: HealthReport.Status, code: Int) async throws {
    let report = HealthReport(
      status: status,
      reasons: [
        HealthReport.Reason(scope: .configuration, code: "sink-down", name: "cloud-users", message: "no answer")
      ]
    )
    try await RunningServer.with(StubBackend(health: report)) { server in
      let response = try await server.transport.send(.get("/v1/health"))
      #expect(response.status == code)
      let health = try await server.client.health()
      #expect(health == report)
    }
  }

  @Test func `status and configurations come as the backend gives them`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let status = try await backend.status()
      #expect(try await server.client.status() == status)
      #expect(try await server.client.configurations() == [StubBackend.status()])
      #expect(try await server.client.configuration("cloud-users").path.hasSuffix("/cloud-users.toml"))
    }
  }

  @Test func `enable, disable and reload reach the backend`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let enabled = try await server.client.setEnabled(true, of: "cloud-users")
      #expect(enabled.enabled)
      let disabled = try await server.client.setEnabled(false, of: "cloud-users")
      #expect(disabled.health == .disabled)
      let reloaded = try await server.client.reload()
      #expect(reloaded.configurations == ["cloud-users"])
    }
    #expect(backend.calls == ["enable cloud-users", "disable cloud-users", "reload"])
  }

  @Test func `a restart is accepted with 202, or waited for`() async throws {
    try await RunningServer.with { server in
      let response = try await server.transport.send(.post("/v1/configurations/cloud-users/restart"))
      #expect(response.status == 202)
      #expect(response.text == #"{"accepted":true}"# + "\n")
      #expect(try await server.client.restart("cloud-users", wait: true).run == StubBackend.run)
    }
  }

  @Test(
    arguments: [
      ("", ""), ("?reset=watermark", "watermark"), ("?reset=links,escrows", "escrows links"),
      ("?reset=links&reset=quarantine", "links quarantine"), ("?reset=all", "escrows links quarantine watermark"),
      ("?reset=links%2Cescrows&preview=false", "escrows links"),
    ])
  func `a restart resets what it is told, and no more`(query: String, resets: String) async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let response = try await server.transport.send(.post("/v1/configurations/cloud-users/restart" + query))
      #expect(response.status == 202)
    }
    #expect(backend.calls == ["restart cloud-users resets=\(resets) wait=false"])
  }

  @Test func `a preview restarts nothing and is not journalled`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let preview = try await server.client.previewRestart("cloud-users", resetting: [.links, .watermark])
      #expect(preview == StubBackend.preview)
      let both = HTTPRequest.post("/v1/configurations/cloud-users/restart?wait=true&preview=true&reset=all")
      #expect(try await server.transport.send(both).status == 200)
      #expect(!server.log.lines.contains { $0.message == "Change requested over the control socket" })
    }
    #expect(
      backend.calls == [
        "preview cloud-users resets=links watermark",
        "preview cloud-users resets=escrows links quarantine watermark",
      ]
    )
  }

  @Test func `the journal says what is reset and what is repaired`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      _ = try await server.client.restart("cloud-users", resetting: [.links, .escrows], wait: true)
      _ = try await server.client.restart("cloud-users", wait: false)
      let answer = try await server.client.reconcile("cloud-users", isRepairing: true)
      #expect(answer == ReconcileAnswer(run: StubBackend.run, drift: StubBackend.drift))
      _ = try await server.client.reconcile("cloud-users", isRepairing: false)
      let changes = server.log.lines.filter { $0.message == "Change requested over the control socket" }
      #expect(
        changes.map { $0.metadata["action"] } == [
          "restart resetting escrows,links", "restart", "reconcile repairing", "reconcile",
        ]
      )
    }
    #expect(
      backend.calls == [
        "restart cloud-users resets=escrows links wait=true", "restart cloud-users resets= wait=false",
        "reconcile cloud-users repair=true", "reconcile cloud-users repair=false",
      ]
    )
  }

  @Test func `what is held is shown, and decided about by its digest`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let holds = try await server.client.holds("cloud-users", limit: 5)
      #expect(holds == StubBackend.holds)
      let decision = HoldsDecision(.reject, digest: "00ff", objects: ["a", "b"])
      let answer = try await server.client.decide(decision, about: "cloud-users")
      #expect(answer == HoldsAnswer(decided: 4))
    }
    #expect(backend.calls == ["holds cloud-users limit=5", "reject cloud-users digest=00ff objects=a b"])
  }

  @Test func `a configuration is put as TOML or as JSON, and replaced only when asked`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let toml = HTTPRequest.put("/v1/configurations/new", "a = 1\n", type: "text/plain; charset=utf-8")
      #expect(try await server.transport.send(toml).status == 201)

      let json = NewConfiguration(
        domain: "corp.example.com",
        scope: .init(mode: .all),
        sink: .init(kind: .file, path: "/tmp/x")
      )
      _ = try await server.client.create("other", json)

      let old = HTTPRequest.put("/v1/configurations/cloud-users", "a = 1\n", type: "application/toml")
      #expect(try await server.transport.send(old).problem.title == "The configuration exists")
      let replaced = HTTPRequest.put("/v1/configurations/cloud-users?replace=true", "a = 1\n", type: "application/toml")
      #expect(try await server.transport.send(replaced).status == 200)

      #expect(
        backend.calls == [
          "put new replacing=false\na = 1\n", "put other replacing=false\n\(json.toml)",
          "put cloud-users replacing=false\na = 1\n", "put cloud-users replacing=true\na = 1\n",
        ]
      )
    }
  }

  @Test func `check takes a text with its file name, or nothing for all files`() async throws {
    let backend = StubBackend()
    try await RunningServer.with(backend) { server in
      let report = try await server.client.check("a = 1\n", file: "my folder/ä.toml")
      #expect(report.problems.map(\.file) == ["my folder/ä.toml"])
      #expect(try await server.client.check() == CheckReport())
    }
    #expect(backend.calls == ["check my folder/ä.toml a = 1\n", "check - all"])
  }

  @Test func `what is wrong with a configuration arrives as findings of the problem`() async throws {
    try await RunningServer.with { server in
      let error = await #expect(throws: ControlClientError.self) {
        try await server.client.put("new", toml: "nonsense = 1\n")
      }
      guard case .problem(let problem) = error else { return }
      #expect(problem.status == 422)
      #expect(problem.problems?.map(\.key) == ["nonsense"])
    }
  }
}
