import ControlAPI
import HTTPTransport
import Testing

@Suite("adprovctl: when it fails")
struct FailureTests {
  @Test func `without a daemon it says how to start one`() async {
    let call = await Invocation(["status", "--socket", "/nowhere/control.sock"])
    #expect(call.status == 1)
    #expect(call.output.isEmpty)
    #expect(
      call.errors == """
        adprovctl: The daemon is not running: nobody listens on /nowhere/control.sock.
          Start it with: systemctl start adprovd. If it listens elsewhere, name its socket with --socket or ADPROV_SOCKET.

        """
    )
  }

  @Test(
    arguments: [
      (["status"], [:], "/run/adprov/control.sock"),
      (["status"], ["ADPROV_SOCKET": "/tmp/a.sock"], "/tmp/a.sock"),
      (["status"], ["ADPROV_SOCKET": ""], "/run/adprov/control.sock"),
      (["status", "--socket", "/tmp/b.sock"], ["ADPROV_SOCKET": "/tmp/a.sock"], "/tmp/b.sock"),
    ])
  func `the socket comes from the flag, else from the environment`(
    arguments: [String],
    environment: [String: String],
    socket: String
  ) async {
    let call = await Invocation(arguments, environment: environment)
    #expect(call.transport.requests.map(\.unixSocket) == [socket])
  }

  @Test func `a problem is told with its remedy and its findings`() async throws {
    let problem = Problem(
      title: "The configuration is not valid",
      status: 422,
      detail: "Nothing was changed.",
      remedy: "Correct the file.",
      problems: [
        .init(
          file: "/etc/adprov/configurations.d/a.toml",
          line: 3,
          key: "scope.include",
          message: "groups and OUs cannot be combined",
          remedy: "Make two configurations."
        ),
        .init(file: "/etc/adprov/adprovd.toml", message: "cannot be read."),
      ]
    )
    let call = await Invocation(["reload"], answers: ["POST /v1/reload": try .problem(problem)])
    #expect(call.status == 1)
    #expect(
      call.errors == """
        adprovctl: Nothing was changed.
          /etc/adprov/configurations.d/a.toml:3: scope.include: groups and OUs cannot be combined. Make two configurations.
          /etc/adprov/adprovd.toml: cannot be read.
          Correct the file.

        """
    )
  }

  @Test func `something else on the socket is no daemon`() async {
    let answers = ["GET /v1/status": HTTPResponse(status: 200, headers: [], body: Array("<html>".utf8))]
    let call = await Invocation(["status"], answers: answers)
    #expect(call.status == 1)
    #expect(call.errors.contains("is not the control socket of this version of adprov (HTTP status 200)"))
  }

  @Test(
    arguments: [
      ["nonsense"], ["status", "extra"], ["restart"], ["config", "show"], ["status", "--wat"],
      ["config", "new", "a", "--sink", "mail"], ["restart", "../x"],
      ["restart", "a", "--reset", "cookies"], ["restart", "a", "--reset"], ["restart", "a", "--reset", "all"],
      ["restart", "a", "--reset", "all", "--wait", "--json"], ["reconcile"], ["reconcile", "../x"],
    ])
  func `a usage error ends with 2 and asks nothing of the daemon`(arguments: [String]) async {
    let call = await Invocation(arguments)
    #expect(call.status == 2)
    #expect(call.errors.hasPrefix("adprovctl: "))
    #expect(call.output.isEmpty)
    #expect(call.transport.requests.isEmpty)
  }

  @Test(arguments: [["--help"], ["help"], [], ["config"], ["config", "new", "--help"], ["--version"]])
  func `help and version go to the output`(arguments: [String]) async {
    let call = await Invocation(arguments)
    #expect(call.status == 0)
    #expect(call.errors.isEmpty)
    #expect(call.output.contains("adprovctl"))
  }

  @Test(arguments: [["config", "new", "--help"], ["help", "config", "new"], ["config", "new", "-h"]])
  func `help is about the verb that was asked for`(arguments: [String]) async {
    let call = await Invocation(arguments)
    #expect(call.status == 0)
    #expect(call.output.contains("--endpoint"))
  }

  @Test func `a file to check is sent as it is`() async throws {
    let report = CheckReport(problems: [.init(file: "a b.toml", line: 1, message: "unknown key", remedy: "Remove it.")])
    let answers = ["POST /v1/check?file=a%20b.toml": try HTTPResponse.json(report)]
    let call = await Invocation(["config", "check", "a b.toml"], answers: answers, files: ["a b.toml": "x = 1\n"])
    #expect(call.status == 1)
    #expect(call.output == "a b.toml:1: unknown key. Remove it.\n")
    #expect(call.transport.requests.map { $0.body ?? [] } == [Array("x = 1\n".utf8)])

    let all = await Invocation(["config", "check"], answers: ["POST /v1/check": try .json(CheckReport())])
    #expect(all.status == 0)
    #expect(all.output == "No problems.\n")

    let missing = await Invocation(["config", "check", "none.toml"])
    #expect(missing.status == 1)
    #expect(missing.errors.hasPrefix("adprovctl: none.toml cannot be read as a text.\n"))
  }
}
