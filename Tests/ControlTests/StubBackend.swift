import ControlAPI
import ControlServer
import FoundationEssentials
import Synchronization

/// Knows one configuration, `cloud-users`, and writes down what it is asked for.
final class StubBackend: ControlBackend {
  private let noted = Mutex<[String]>([])
  let healthReport: HealthReport
  /// What a restart that waits does until it answers.
  let untilRunEnds: @Sendable () async throws -> Void

  init(
    health: HealthReport = HealthReport(status: .ok),
    untilRunEnds: @escaping @Sendable () async throws -> Void = {}
  ) {
    healthReport = health
    self.untilRunEnds = untilRunEnds
  }

  static let run = RunReport(
    id: 7,
    reason: "restart",
    started: Date(timeIntervalSince1970: 1_700_000_000),
    ended: Date(timeIntervalSince1970: 1_700_000_005),
    outcome: .success
  )

  static func status(enabled: Bool = true) -> ConfigurationStatus {
    ConfigurationStatus(
      name: "cloud-users",
      domain: "corp.example.com",
      enabled: enabled,
      health: enabled ? .ok : .disabled,
      lastRun: run,
      provisioned: 42
    )
  }

  static func detail(_ name: String, text: String) -> ConfigurationDetail {
    ConfigurationDetail(
      name: name,
      domain: "corp.example.com",
      enabled: true,
      path: "/etc/adprov/configurations.d/\(name).toml",
      text: text,
      scopeRoots: [],
      status: status()
    )
  }

  func health() async -> HealthReport { healthReport }

  func status() async throws -> StatusReport {
    StatusReport(
      started: Date(timeIntervalSince1970: 1_700_000_000),
      domains: [StatusReport.Domain(name: "corp.example.com", controller: "dc1.corp.example.com", objects: 240)],
      configurations: [Self.status()]
    )
  }

  func configurations() async throws -> [ConfigurationStatus] { [Self.status()] }

  func configuration(_ name: String) async throws -> ConfigurationDetail {
    try require(name)
    return Self.detail(name, text: "domain = \"corp.example.com\"\n")
  }

  func put(_ text: String, as name: String, replacing: Bool) async throws -> PutResult {
    note("put \(name) replacing=\(replacing)\n\(text)")
    if text.contains("nonsense") {
      throw ControlProblem.invalid([
        CheckReport.Finding(file: "\(name).toml", line: 1, key: "nonsense", message: "unknown key", remedy: "Remove it")
      ])
    }
    let exists = name == "cloud-users"
    if exists, !replacing { throw ControlProblem.exists(name) }
    return PutResult(detail: Self.detail(name, text: text), isNew: !exists)
  }

  func setEnabled(_ isEnabled: Bool, of name: String) async throws -> ConfigurationStatus {
    try require(name)
    note("\(isEnabled ? "enable" : "disable") \(name)")
    return Self.status(enabled: isEnabled)
  }

  static let preview = ResetPreview(
    objectsToRead: 240,
    escrows: 3,
    pausedUntil: Date(timeIntervalSince1970: 1_700_000_400),
    links: 42
  )

  static let drift: DriftReport = {
    var drift = DriftReport()
    drift.compared = 42
    drift.missing = 1
    drift.examples = [.init(guid: "6f9619ff-8b86-d011-b42d-00c04fc964ff", difference: "it is gone from the sink")]
    return drift
  }()

  func restart(_ name: String, resetting resets: Set<Reset>, wait: Bool) async throws -> RestartAnswer {
    try require(name)
    note("restart \(name) resets=\(Self.words(resets)) wait=\(wait)")
    guard wait else { return RestartAnswer(accepted: true) }
    try await untilRunEnds()
    return RestartAnswer(accepted: true, run: Self.run)
  }

  func previewRestart(_ name: String, resetting resets: Set<Reset>) async throws -> ResetPreview {
    try require(name)
    note("preview \(name) resets=\(Self.words(resets))")
    return Self.preview
  }

  func reconcile(_ name: String, isRepairing: Bool) async throws -> ReconcileAnswer {
    try require(name)
    note("reconcile \(name) repair=\(isRepairing)")
    try await untilRunEnds()
    return ReconcileAnswer(run: Self.run, drift: Self.drift)
  }

  static let page = LogPage(
    entries: [
      LogPage.Entry(
        id: 3,
        run: 7,
        time: Date(timeIntervalSince1970: 1_700_000_003),
        object: "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        kind: "user",
        name: "CN=Ada,DC=corp,DC=example,DC=com",
        action: .update,
        status: .failure,
        code: "uniqueness",
        reason: "userName is taken",
        remoteId: "r1",
        changes: [
          .init(path: "a", old: nil, new: .string("true")), .init(path: "b", old: .boolean(true), new: .strings(["x"])),
        ],
        members: .init(addedCount: 1, removedCount: 0, added: [.init(object: "g", name: "CN=Bob")])
      )
    ],
    next: 3,
    previous: 2
  )

  func log(_ name: String, _ request: LogRequest) async throws -> LogPage {
    try require(name)
    note("log \(name) \(request.query)")
    if request.wait ?? 0 > 0 { try await untilRunEnds() }
    return Self.page
  }

  func runs(_ name: String, limit: Int) async throws -> RunList {
    try require(name)
    note("runs \(name) \(limit)")
    return RunList(runs: [Self.run])
  }

  private static func words(_ resets: Set<Reset>) -> String { resets.map(\.rawValue).sorted().joined(separator: " ") }

  static let holds = HoldsReport(
    digest: "00ff",
    reason: "4 of 25 users within 24 h, limit 3",
    since: Date(timeIntervalSince1970: 1_700_000_000),
    count: 4,
    operations: [
      .init(guid: "6f9619ff-8b86-d011-b42d-00c04fc964ff", kind: "user", name: "Ada", action: .disable)
    ]
  )

  func holds(_ name: String, limit: Int) async throws -> HoldsReport {
    try require(name)
    note("holds \(name) limit=\(limit)")
    return Self.holds
  }

  func decide(_ decision: HoldsDecision, about name: String) async throws -> HoldsAnswer {
    try require(name)
    let objects = decision.objects?.joined(separator: " ") ?? "all"
    note("\(decision.decision.rawValue) \(name) digest=\(decision.digest) objects=\(objects)")
    return HoldsAnswer(decided: 4)
  }

  func check(_ text: String?, file: String?) async throws -> CheckReport {
    note("check \(file ?? "-") \(text ?? "all")")
    return CheckReport(
      problems: text == nil ? [] : [CheckReport.Finding(file: file ?? "-", message: "wrong", remedy: "mend it")]
    )
  }

  func reload() async throws -> ReloadAnswer {
    note("reload")
    return ReloadAnswer(configurations: ["cloud-users"])
  }

  var calls: [String] { noted.withLock { $0 } }

  private func note(_ call: String) { noted.withLock { $0.append(call) } }

  private func require(_ name: String) throws {
    guard name == "cloud-users" else { throw ControlProblem.unknownConfiguration(name) }
  }
}
