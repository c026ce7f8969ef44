import ControlAPI
import FoundationEssentials
import HTTPTransport
import Testing

@Suite("adprovctl log")
struct LogTests {
  static let path = "GET /v1/configurations/cloud-users/log"
  static let ada = "6f9619ff-8b86-d011-b42d-00c04fc964ff"

  static func entry(
    _ id: Int64,
    _ name: String,
    _ action: LogPage.Action,
    _ status: LogPage.Status = .success,
    code: String? = nil,
    reason: String? = nil,
    changes: [LogPage.Change] = [],
    members: LogPage.Members? = nil
  ) -> LogPage.Entry {
    LogPage.Entry(
      id: id,
      run: 7,
      time: Invocation.now + Double(id),
      object: ada,
      kind: "user",
      name: "CN=\(name),OU=Staff,DC=corp,DC=example,DC=com",
      action: action,
      status: status,
      code: code,
      reason: reason,
      remoteId: "r\(id)",
      changes: changes,
      members: members
    )
  }

  static let page = LogPage(
    entries: [
      entry(
        1,
        "Ada",
        .create,
        changes: [
          .init(path: "active", old: nil, new: .boolean(true)),
          .init(path: "displayName", old: nil, new: .string(#"Ada "the" \ Countess"#)),
          .init(path: "emails", old: nil, new: .strings(["a@example.com", "b@example.com"])),
        ]
      ),
      entry(2, "Bob", .update, .failure, code: "uniqueness", reason: "userName is taken"),
      entry(3, "Eve", .disable, changes: [.init(path: "active", old: .boolean(true), new: .boolean(false))]),
      entry(4, "Cy", .create, .skipped, code: "unmappable", reason: "it has no name"),
      entry(5, "Dan", .delete, .held, code: "guard", reason: "more than 500 deletes"),
      entry(
        6,
        "Staff",
        .members,
        members: .init(
          addedCount: 102,
          removedCount: 1,
          added: [.init(object: ada, name: "CN=Ada"), .init(object: ada, name: "CN=Bob")],
          removed: [.init(object: ada, name: "CN=Eve")]
        )
      ),
    ],
    next: 6
  )

  @Test func `a line for each operation`() async throws {
    let call = await Invocation(["log", "cloud-users"], answers: [Self.path: try .json(Self.page)])
    #expect(
      call.output == """
        2023-11-14T22:15:01Z ✓ create  CN=Ada,OU=Staff,DC=corp,DC=example,DC=com
        2023-11-14T22:15:02Z ✗ update  CN=Bob,OU=Staff,DC=corp,DC=example,DC=com - failed (uniqueness): userName is taken
        2023-11-14T22:15:03Z ✓ disable CN=Eve,OU=Staff,DC=corp,DC=example,DC=com
        2023-11-14T22:15:04Z – create  CN=Cy,OU=Staff,DC=corp,DC=example,DC=com - skipped (unmappable): it has no name
        2023-11-14T22:15:05Z ‖ delete  CN=Dan,OU=Staff,DC=corp,DC=example,DC=com - held (guard): more than 500 deletes
        2023-11-14T22:15:06Z ✓ members CN=Staff,OU=Staff,DC=corp,DC=example,DC=com - 102 added, 1 removed

        """
    )
    #expect(call.status == 0)
  }

  @Test func `with --changes also the values, old and new`() async throws {
    let entries = [Self.page.entries[0], Self.page.entries[2], Self.page.entries[5]]
    let page = LogPage(entries: entries, next: 6)
    let call = await Invocation(["log", "cloud-users", "--changes"], answers: [Self.path: try .json(page)])
    #expect(
      call.output == """
        2023-11-14T22:15:01Z ✓ create  CN=Ada,OU=Staff,DC=corp,DC=example,DC=com
            active: none → true
            displayName: none → "Ada \\"the\\" \\\\ Countess"
            emails: none → ["a@example.com", "b@example.com"]
        2023-11-14T22:15:03Z ✓ disable CN=Eve,OU=Staff,DC=corp,DC=example,DC=com
            active: true → false
        2023-11-14T22:15:06Z ✓ members CN=Staff,OU=Staff,DC=corp,DC=example,DC=com - 102 added, 1 removed
            + CN=Ada
            + CN=Bob
            + … and 100 more
            - CN=Eve

        """
    )
  }

  @Test func `every filter is asked of the daemon`() async throws {
    let query =
      "?since=7200s&object=\(Self.ada)&action=delete&status=failure&run=7&limit=5"
    let call = await Invocation(
      [
        "log", "cloud-users", "--since", "2h", "--object", Self.ada.uppercased(), "--action", "delete", "--status",
        "failure", "--run", "7", "--limit", "5",
      ],
      answers: [Self.path + query: try .json(LogPage(entries: [], next: 9))]
    )
    #expect(call.errors == "")
    #expect(call.output == "cloud-users: the log has no such entry.\n")
    let dated = await Invocation(
      ["log", "cloud-users", "--since", "2023-11-14T22:15:00Z"],
      answers: [Self.path + "?since=2023-11-14T22:15:00Z": try .json(Self.page)]
    )
    #expect(dated.status == 0)
  }

  @Test func `follows from where it is, until the daemon is gone`() async throws {
    let filter = "status=success"
    let call = await Invocation(
      ["log", "cloud-users", "--follow", "--status", "success", "--limit", "1"],
      answers: [
        "\(Self.path)?\(filter)&limit=1": try .json(LogPage(entries: [Self.page.entries[0]], next: 4)),
        "\(Self.path)?after=4&\(filter)&wait=20s": try .json(LogPage(entries: [], next: 5)),
        "\(Self.path)?after=5&\(filter)&wait=20s": try .json(LogPage(entries: [Self.page.entries[5]], next: 6)),
      ]
    )
    let actions = call.output.split(separator: "\n").map { $0.split(separator: " ")[2] }
    #expect(actions == ["create", "members"])
    #expect(call.status == 1)
    #expect(call.errors.contains("The daemon is not running"))
    #expect(call.transport.requests.count == 4)
  }

  @Test func `as JSON is what the daemon says, and a line each when it follows`() async throws {
    let call = await Invocation(["log", "cloud-users", "--json"], answers: [Self.path: try .json(Self.page)])
    #expect(try ControlJSON.decode(LogPage.self, from: Array(call.output.utf8)) == Self.page)
    let followed = await Invocation(
      ["log", "cloud-users", "--json", "--follow"],
      answers: [Self.path: try .json(Self.page)]
    )
    let lines = followed.output.split(separator: "\n")
    #expect(try lines.map { try ControlJSON.decode(LogPage.Entry.self, from: Array($0.utf8)) } == Self.page.entries)
  }

  @Test func `nothing from a directory or a sink can steer the terminal`() async throws {
    let hostile = "x\u{1B}]0;owned\u{7}\n\u{202E}\r"
    let entry = Self.entry(
      1,
      hostile,
      .update,
      .failure,
      code: hostile,
      reason: hostile,
      changes: [.init(path: hostile, old: .string(hostile), new: .strings([hostile]))],
      members: .init(addedCount: 1, removedCount: 0, added: [.init(object: "", name: hostile)])
    )
    let call = await Invocation(
      ["log", "cloud-users", "--changes"],
      answers: [Self.path: try .json(LogPage(entries: [entry], next: 1))]
    )
    #expect(call.output.split(separator: "\n").count == 3)
    for control in ["\u{1B}", "\u{7}", "\r", "\u{202E}"] { #expect(!call.output.contains(control)) }
  }

  @Test(
    arguments: [
      ["--since", "yesterday"], ["--object", "x"], ["--action", "destroy"], ["--status", "well"], ["--limit", "0"],
      ["--limit", "501"], ["--run", "-1"], ["--run", "x"],
    ])
  func `what is wrong is told before the daemon is asked`(arguments: [String]) async {
    let call = await Invocation(["log", "cloud-users"] + arguments)
    #expect(call.status == 2)
    #expect(call.transport.requests.isEmpty)
  }

  @Test func `help names the choices`() async {
    let call = await Invocation(["log", "--help"])
    #expect(call.status == 0)
    for word in ["--follow", "--changes", "create", "held", "30m, 2h, 7d", "(1 to 500)"] {
      #expect(call.output.contains(word), "\(word) in \(call.output)")
    }
  }
}

@Suite("adprovctl runs")
struct RunsTests {
  static let path = "GET /v1/configurations/cloud-users/runs"

  @Test func `the newest first, in a table`() async throws {
    let failed = RunReport(
      id: 10,
      reason: "doorbell",
      started: Invocation.now,
      ended: Invocation.now,
      outcome: .failure,
      detail: "the sink\nanswers 401"
    )
    let running = RunReport(id: 11, reason: "timer", started: Invocation.now)
    let call = await Invocation(
      ["runs", "cloud-users", "--limit", "3"],
      answers: [Self.path + "?limit=3": try .json(RunList(runs: [running, failed, Sample.run]))]
    )
    #expect(
      call.output == """
        RUN  STARTED               TOOK  REASON    OUTCOME  WHAT IT DID
         11  2023-11-14T22:15:00Z  -     timer     running  nothing to do
         10  2023-11-14T22:15:00Z  0 s   doorbell  failure  nothing to do; the sink\u{FFFD}answers 401
          7  2023-11-14T22:14:45Z  3 s   restart   partial  3 imported, 1 created, 1 failed

        """
    )
    #expect(call.status == 0)
  }

  @Test func `before the first run, and as JSON`() async throws {
    let answers = [Self.path: try HTTPResponse.json(RunList(runs: []))]
    #expect(await Invocation(["runs", "cloud-users"], answers: answers).output == "cloud-users has not run yet.\n")
    let call = await Invocation(["runs", "cloud-users", "--json"], answers: answers)
    #expect(try ControlJSON.decode(RunList.self, from: Array(call.output.utf8)) == RunList(runs: []))
    #expect(await Invocation(["runs", "cloud-users", "--limit", "1001"]).status == 2)
  }
}
