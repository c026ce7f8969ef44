import Commands
import ControlAPI
import FoundationEssentials
import HTTPTransport

/// One call of `adprovctl` without a terminal, a host or a daemon.
struct Invocation {
  let status: Int32
  let terminal: RecordingTerminal
  let transport: CannedTransport

  var output: String { terminal.output }
  var errors: String { terminal.errors }

  static let now = Date(timeIntervalSince1970: 1_700_000_100)

  init(
    _ arguments: [String],
    answers: [String: HTTPResponse] = [:],
    terminal: RecordingTerminal = RecordingTerminal(),
    files: [String: String] = [:],
    environment: [String: String] = [:],
    fullName: String? = nil
  ) async {
    transport = CannedTransport(answers)
    self.terminal = terminal
    let host = Host(
      environment: environment,
      workingDirectory: "/home/admin",
      readFile: { files[$0] },
      fullName: { fullName }
    )
    status = await AdprovCtl.execute(
      arguments,
      in: CommandContext(terminal: terminal, host: host, transport: transport, now: { Self.now })
    )
  }
}

/// What the daemon of these tests says.
enum Sample {
  static let counts: RunReport.Counts = {
    var counts = RunReport.Counts()
    counts.imported = 3
    counts.created = 1
    counts.failed = 1
    return counts
  }()

  static let run = RunReport(
    id: 7,
    reason: "restart",
    started: Invocation.now - 15,
    ended: Invocation.now - 12,
    outcome: .partial,
    counts: counts
  )

  static let degraded = ConfigurationStatus(
    name: "cloud-users",
    domain: "corp.example.com",
    enabled: true,
    health: .degraded,
    reason: "1 object waits for its retry",
    lastRun: run,
    nextRun: Invocation.now + 108,
    provisioned: 220,
    pending: 3,
    escrowed: 1,
    pendingMembers: 12
  )

  static let disabled = ConfigurationStatus(
    name: "archive",
    domain: "corp.example.com",
    enabled: false,
    health: .disabled
  )

  static let status = StatusReport(
    version: "0.1.0",
    started: Invocation.now - 10_900,
    domains: [
      StatusReport.Domain(
        name: "corp.example.com",
        controller: "dc1.corp.example.com",
        method: "object-security",
        objects: 240,
        lastImport: Invocation.now - 12,
        lastFullRead: Invocation.now - 180_000
      )
    ],
    configurations: [degraded, disabled]
  )

  static let detail = ConfigurationDetail(
    name: "cloud-users",
    domain: "corp.example.com",
    enabled: true,
    path: "/etc/adprov/configurations.d/cloud-users.toml",
    text: "domain = \"corp.example.com\"\n\n[scope]\nmode = \"groups\"\n",
    scopeRoots: [
      .init(
        dn: "CN=Cloud Users,OU=Groups,DC=corp,DC=example,DC=com",
        guid: "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        objectClass: "group",
        excluded: false
      )
    ],
    status: degraded
  )
}
