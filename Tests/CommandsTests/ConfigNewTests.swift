import ControlAPI
import HTTPTransport
import Testing

@Suite("adprovctl config new")
struct ConfigNewTests {
  static func answers(domains: [String] = ["corp.example.com"]) throws -> [String: HTTPResponse] {
    let status = StatusReport(
      started: Invocation.now,
      domains: domains.map { StatusReport.Domain(name: $0) },
      configurations: []
    )
    let detail = ConfigurationDetail(
      name: "users",
      domain: "corp.example.com",
      enabled: false,
      path: "/etc/adprov/configurations.d/users.toml",
      text: "",
      scopeRoots: [],
      status: Sample.disabled
    )
    return [
      "GET /v1/status": try .json(status), "PUT /v1/configurations/users": try .json(detail, status: 201),
    ]
  }

  /// What was put, if anything was.
  static func made(by call: Invocation) throws -> NewConfiguration? {
    try call.transport.requests.last { $0.method == "PUT" }
      .map { try ControlJSON.decode(NewConfiguration.self, from: $0.body ?? []) }
  }

  @Test func `takes everything from flags`() async throws {
    let call = await Invocation(
      [
        "config", "new", "users", "--domain", "corp.example.com", "--notify", "a@example.com", "--notify",
        "b@example.com",
        "--group", "CN=A,DC=corp,DC=example,DC=com", "--group", "CN=B,DC=corp,DC=example,DC=com", "--exclude",
        "CN=C,DC=x",
        "--sink", "scim", "--endpoint", "https://scim.example.com/v2", "--token-file", "token", "--enable",
      ],
      answers: try Self.answers()
    )
    #expect(call.status == 0)
    #expect(
      try Self.made(by: call)
        == NewConfiguration(
          domain: "corp.example.com",
          enabled: true,
          notificationEmails: ["a@example.com", "b@example.com"],
          scope: .init(
            mode: .groups,
            include: ["CN=A,DC=corp,DC=example,DC=com", "CN=B,DC=corp,DC=example,DC=com"],
            exclude: ["CN=C,DC=x"]
          ),
          sink: .init(kind: .scim, endpoint: "https://scim.example.com/v2", tokenFile: "/home/admin/token")
        )
    )
    #expect(call.transport.requests.map(\.method) == ["PUT"])
  }

  @Test func `says what it made and what comes next`() async throws {
    let call = await Invocation(["config", "new", "users", "--all", "--path", "/tmp/x"], answers: try Self.answers())
    #expect(
      call.output == """
        Made users for corp.example.com, in /etc/adprov/configurations.d/users.toml.
        It is disabled. Look at it with: adprovctl config show users
        Then let it provision with: adprovctl config enable users

        """
    )
  }

  @Test(
    arguments: [
      (["a.example.com"], nil, "a.example.com"),
      (["a.example.com"], "b.example.com", "a.example.com"),
      (["a.example.com", "b.example.com"], "b.example.com", "b.example.com"),
      (["a.example.com", "b.example.com"], "c.example.com", nil),
      (["a.example.com", "b.example.com"], nil, nil),
      ([], "c.example.com", "c.example.com"),
    ] as [([String], String?, String?)]
  )
  func `fills in the domain from the daemon, else from the host`(
    known: [String],
    own: String?,
    expected: String?
  ) async throws {
    let call = await Invocation(
      ["config", "new", "users", "--all", "--sink", "file", "--path", "/tmp/x"],
      answers: try Self.answers(domains: known),
      fullName: own.map { "host.\($0)" }
    )
    #expect(try Self.made(by: call)?.domain == expected)
    if expected == nil { #expect(call.errors.hasPrefix("adprovctl: config new needs --domain.\n")) }
  }

  @Test func `lists all that is missing where nobody can be asked`() async throws {
    let call = await Invocation(["config", "new", "users"], answers: try Self.answers(domains: []))
    #expect(call.status == 2)
    #expect(
      call.errors.hasPrefix("adprovctl: config new needs --domain; one of --all, --group or --ou; --sink.\n")
    )
    #expect(try Self.made(by: call) == nil)

    let scim = await Invocation(["config", "new", "users", "--all", "--sink", "scim"], answers: try Self.answers())
    #expect(
      scim.errors.hasPrefix(
        "adprovctl: config new needs --endpoint; one of --token-file or --token-credential.\n"
      )
    )
  }

  @Test(
    arguments: [
      (["--group", "CN=A", "--ou", "OU=B"], "groups and OUs cannot be combined."),
      (["--all", "--ou", "OU=B"], "--all cannot be combined with --group or --ou."),
      (["--token-file", "a", "--token-credential", "b"], "--token-file and --token-credential cannot be combined."),
      (["--sink", "scim", "--path", "/x"], "--path belongs to --sink file"),
      (["--sink", "file", "--endpoint", "https://x"], "--path belongs to --sink file"),
      (["--path", "/x", "--endpoint", "https://x"], "--path belongs to --sink file"),
    ])
  func `refuses what contradicts itself`(flags: [String], message: String) async {
    let call = await Invocation(["config", "new", "users"] + flags)
    #expect(call.status == 2)
    #expect(call.errors.contains(message))
    #expect(call.transport.requests.isEmpty)
  }

  @Test func `asks a person for what is missing, and again when it makes no sense`() async throws {
    let terminal = RecordingTerminal(
      answers: [
        "", " corp.example.com ", "everybody", "Groups", "CN=A,DC=x", "CN=B,DC=x", "", "scim",
        "https://scim.example.com/v2", "secrets/token", "ops@example.com",
      ])
    let call = await Invocation(["config", "new", "users"], answers: try Self.answers(domains: []), terminal: terminal)
    #expect(call.status == 0)
    #expect(
      try Self.made(by: call)
        == NewConfiguration(
          domain: "corp.example.com",
          enabled: false,
          notificationEmails: ["ops@example.com"],
          scope: .init(mode: .groups, include: ["CN=A,DC=x", "CN=B,DC=x"]),
          sink: .init(
            kind: .scim,
            endpoint: "https://scim.example.com/v2",
            tokenFile: "/home/admin/secrets/token"
          )
        )
    )
    #expect(terminal.questions.count == 11)
    #expect(terminal.questions.contains("DN of another group (empty for none): "))
  }

  @Test func `asks nothing when nothing is missing`() async throws {
    let terminal = RecordingTerminal(answers: [])
    let call = await Invocation(
      ["config", "new", "users", "--ou", "OU=A,DC=x", "--path", "/x"],
      answers: try Self.answers(),
      terminal: terminal
    )
    #expect(call.status == 0)
    #expect(terminal.questions.isEmpty)
    #expect(try Self.made(by: call)?.scope == .init(mode: .organizationalUnits, include: ["OU=A,DC=x"]))
  }

  @Test func `makes nothing when input ends early`() async throws {
    let call = await Invocation(
      ["config", "new", "users"],
      answers: try Self.answers(),
      terminal: RecordingTerminal(answers: ["all"])
    )
    #expect(call.status == 1)
    #expect(call.errors == "adprovctl: Input ended before all was answered; nothing was made.\n")
    #expect(try Self.made(by: call) == nil)
  }

  static let krb5 = """
    # [libdefaults]
    # default_realm = COMMENTED.EXAMPLE.COM
    [realms]
      default_realm = WRONG.EXAMPLE.COM
    [libdefaults]
      dns_lookup_kdc = true
      default_realm = CORP.EXAMPLE.COM
    """

  @Test(
    arguments: [
      (["/etc/krb5.conf": krb5, "/etc/resolv.conf": "search other.example.com"], [:], "corp.example.com"),
      (["/a": "", "/b": krb5], ["KRB5_CONFIG": "/none:/a:/b"], "corp.example.com"),
      (["/etc/krb5.conf": krb5], ["KRB5_CONFIG": "/none"], "host.example.net"),
      (["/etc/resolv.conf": "domain a.example.com\nsearch b.example.com. c.example.com\n"], [:], "b.example.com"),
      (["/etc/resolv.conf": "search localdomain\n"], [:], "host.example.net"),
      (["/etc/resolv.conf": "; search a.example.com\nnameserver 127.0.0.1\n"], [:], "host.example.net"),
      (["/etc/krb5.conf": "[libdefaults]\ndefault_realm = A\"B.COM\n"], [:], "host.example.net"),
    ] as [([String: String], [String: String], String)]
  )
  func `knows the domain of the host by its realm, its search list or its name`(
    files: [String: String],
    environment: [String: String],
    domain: String
  ) async throws {
    let call = await Invocation(
      ["config", "new", "users", "--all", "--path", "/x"],
      answers: try Self.answers(domains: []),
      files: files,
      environment: environment,
      fullName: "member.host.example.net"
    )
    #expect(try Self.made(by: call)?.domain == domain)
  }
}
