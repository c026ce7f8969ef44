import ControlAPI
import FoundationEssentials
import HTTPTransport
import Testing

@Suite("adprovctl: what the verbs print")
struct OutputTests {
  @Test func `health in a word, and why not`() async throws {
    let good = await Invocation(["health"], answers: ["GET /v1/health": try .json(HealthReport(status: .ok))])
    #expect(good.output == "ok\n")
    #expect(good.status == 0)

    let report = HealthReport(
      status: .degraded,
      reasons: [
        .init(scope: .configuration, code: "sink-unauthorized", name: "cloud-users", message: "the sink answers 401"),
        .init(scope: .domain, code: "unreachable"),
      ]
    )
    let bad = await Invocation(["health"], answers: ["GET /v1/health": try .json(report, status: 503)])
    #expect(
      bad.output == """
        degraded
          configuration cloud-users: the sink answers 401 (sink-unauthorized)
          domain: unreachable

        """
    )
    #expect(bad.status == 1)
  }

  @Test func `status as tables, with the reasons below`() async throws {
    let call = await Invocation(["status"], answers: ["GET /v1/status": try .json(Sample.status)])
    #expect(
      call.output == """
        adprovd 0.1.0, running for 3 h

        DOMAIN            CONTROLLER            METHOD           OBJECTS  LAST READ  IN FULL
        corp.example.com  dc1.corp.example.com  object-security      240  12 s ago   2 d ago

        CONFIGURATION  HEALTH    LAST RUN           NEXT RUN  PROVISIONED  WAITING  ESCROWED
        cloud-users    degraded  12 s ago, partial  in 108 s          220       15         1
        archive        disabled  -                  -                   0        0         0

        cloud-users: 1 object waits for its retry

        """
    )
    #expect(call.status == 0)
  }

  @Test func `status of a daemon that cannot read its domain`() async throws {
    let report = StatusReport(
      version: "0.1.0",
      started: Invocation.now - 5,
      domains: [.init(name: "corp.example.com", error: "no domain controller answers")],
      configurations: []
    )
    let call = await Invocation(["status"], answers: ["GET /v1/status": try .json(report)])
    #expect(
      call.output == """
        adprovd 0.1.0, running for 5 s

        DOMAIN            CONTROLLER  METHOD  OBJECTS  LAST READ  IN FULL
        corp.example.com  -           -             -  -          -

        corp.example.com: no domain controller answers

        There is no configuration yet. Make one with: adprovctl config new NAME

        """
    )
  }

  @Test func `status says what waits, and when and why all is read again`() async throws {
    let report = StatusReport(
      version: "0.1.0",
      started: Invocation.now - 5,
      domains: [
        .init(
          name: "a.example.com",
          method: "replication",
          lastFullRead: Invocation.now - 600,
          fullReadReason: "the domain controller in use has changed",
          fullReadDue: Invocation.now + 1800,
          waitsFor: "dc2.a.example.com is behind dc1.a.example.com"
        ),
        .init(name: "b.example.com", method: "usn-changed", readingInFull: true, fullReadDue: Invocation.now),
      ],
      configurations: []
    )
    let call = await Invocation(["status"], answers: ["GET /v1/status": try .json(report)])
    #expect(
      call.output == """
        adprovd 0.1.0, running for 5 s

        DOMAIN         CONTROLLER  METHOD       OBJECTS  LAST READ  IN FULL
        a.example.com  -           replication        -  -          10 min ago
        b.example.com  -           usn-changed        -  -          reading

        a.example.com: dc2.a.example.com is behind dc1.a.example.com
        a.example.com: the next full read is due in 30 min: the domain controller in use has changed
        b.example.com: the next full read is due now

        There is no configuration yet. Make one with: adprovctl config new NAME

        """
    )
  }

  @Test func `a table fits the terminal and colours what matters`() async throws {
    let terminal = RecordingTerminal(width: 80, hasColour: true)
    let list = ConfigurationList(configurations: [Sample.degraded])
    let call = await Invocation(
      ["config", "list"],
      answers: ["GET /v1/configurations": try .json(list)],
      terminal: terminal
    )
    let lines = call.output.split(separator: "\n").map { $0.replacing(/\u{1B}\[\d+m/, with: "") }
    #expect(lines.prefix(2).allSatisfy { $0.count <= 80 })
    #expect(lines[1].hasPrefix("cloud-users    degraded  12 s ago, pa…"))
    #expect(call.output.contains("\u{1B}[33mdegraded\u{1B}[0m"))
  }

  @Test func `a configuration with its scope and its file`() async throws {
    let call = await Invocation(
      ["config", "show", "cloud-users"],
      answers: ["GET /v1/configurations/cloud-users": try .json(Sample.detail)]
    )
    #expect(
      call.output == """
        domain    corp.example.com
        health    degraded: 1 object waits for its retry
        last run  12 s ago, run 7: partial in 3 s; 3 imported, 1 created, 1 failed
        next run  in 108 s
        in sink   220 objects
        waiting   3 objects, 12 memberships, 1 in escrow, 0 held

        SCOPE     CLASS  DN                                                  GUID
        included  group  CN=Cloud Users,OU=Groups,DC=corp,DC=example,DC=com  6f9619ff-8b86-d011-b42d-00c04fc964ff

        # /etc/adprov/configurations.d/cloud-users.toml
        domain = "corp.example.com"

        [scope]
        mode = "groups"

        """
    )
  }

  @Test func `a restart that is waited for tells what it did`() async throws {
    let path = "POST /v1/configurations/cloud-users/restart"
    let started = await Invocation(
      ["restart", "cloud-users"],
      answers: [path: try .json(RestartAnswer(accepted: true), status: 202)]
    )
    #expect(started.output == "cloud-users: a run starts now.\n")

    let waited = await Invocation(
      ["restart", "cloud-users", "--wait"],
      answers: [path + "?wait=true": try .json(RestartAnswer(accepted: true, run: Sample.run))]
    )
    #expect(waited.output == "cloud-users: run 7: partial in 3 s; 3 imported, 1 created, 1 failed\n")
    #expect(waited.status == 0)
    #expect(waited.transport.requests.map(\.timeout) == [nil])

    let failure = RunReport(
      id: 8,
      reason: "restart",
      started: Invocation.now,
      ended: Invocation.now,
      outcome: .failure,
      detail: "the sink answers 401"
    )
    let failed = await Invocation(
      ["restart", "cloud-users", "--wait"],
      answers: [path + "?wait=true": try .json(RestartAnswer(accepted: true, run: failure))]
    )
    #expect(failed.output == "cloud-users: run 8: failure in 0 s. the sink answers 401\n")
    #expect(failed.status == 1)
  }

  @Test func `enable, disable and reload in a line`() async throws {
    let enabled = await Invocation(
      ["config", "enable", "cloud-users"],
      answers: ["POST /v1/configurations/cloud-users/enable": try .json(Sample.degraded)]
    )
    #expect(enabled.output == "cloud-users is enabled. See how it fares with: adprovctl status\n")
    let disabled = await Invocation(
      ["config", "disable", "archive"],
      answers: ["POST /v1/configurations/archive/disable": try .json(Sample.disabled)]
    )
    #expect(disabled.output == "archive is disabled; what it provisioned stays as it is.\n")
    let reloaded = await Invocation(
      ["reload"],
      answers: ["POST /v1/reload": try .json(ReloadAnswer(configurations: ["a", "b"]))]
    )
    #expect(reloaded.output == "Reloaded. 2 configurations in force: a, b.\n")
  }

  @Test func `version with a daemon and without`() async throws {
    let health = try HTTPResponse.json(HealthReport(status: .failed, version: "0.2.0"), status: 503)
    let running = await Invocation(["version"], answers: ["GET /v1/health": health])
    #expect(running.output == "adprovctl \(AgentVersion.current)\nadprovd 0.2.0\n")
    let alone = await Invocation(["version"])
    #expect(alone.output == "adprovctl \(AgentVersion.current)\nadprovd does not answer\n")
    #expect(alone.status == 0)
  }

  @Test func `JSON is what the daemon says`() async throws {
    let call = await Invocation(["status", "--json"], answers: ["GET /v1/status": try .json(Sample.status)])
    #expect(try ControlJSON.decode(StatusReport.self, from: Array(call.output.utf8)) == Sample.status)
    let health = await Invocation(
      ["health", "--json"],
      answers: ["GET /v1/health": try .json(HealthReport(status: .failed, version: "1"), status: 503)]
    )
    #expect(
      health.output == """
        {
          "reasons" : [

          ],
          "status" : "failed",
          "version" : "1"
        }

        """
    )
    #expect(health.status == 1)
  }

  @Test func `nothing from a directory can steer the terminal`() async throws {
    let hostile = ConfigurationStatus(
      name: "a",
      domain: "corp.example.com",
      enabled: true,
      health: .failed,
      reason: "\u{1B}]0;owned\u{7}\u{202E}\r\u{9B}2J"
    )
    let list = ConfigurationList(configurations: [hostile])
    let call = await Invocation(["config", "list"], answers: ["GET /v1/configurations": try .json(list)])
    #expect(call.output.hasSuffix("a: \u{FFFD}]0;owned\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}2J\n"))
  }
}
