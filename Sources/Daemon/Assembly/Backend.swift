import ControlAPI
import ControlServer
import Engine
import Logging
import Model
import Settings

/// What the control socket can ask of the daemon.
///
/// Files are the truth: every change is written to a file first and then put in force from the files.
actor Backend: ControlBackend {
  let settings: DaemonSettings
  let agent: Agent
  let store: any Store
  let time: any TimeSource
  let started: Timestamp
  private let files: ConfigurationFiles
  private let factory: PartFactory
  private let logger: Logger
  /// By name.
  private(set) var inForce: [String: ConfigurationSettings] = [:]
  /// What was wrong with the files at start; they are left out until they are mended and reloaded.
  private(set) var problems: [SettingsProblem] = []

  init(
    settings: DaemonSettings,
    agent: Agent,
    store: any Store,
    time: any TimeSource,
    factory: PartFactory,
    logger: Logger
  ) {
    self.settings = settings
    self.agent = agent
    self.store = store
    self.time = time
    self.factory = factory
    self.logger = logger
    files = ConfigurationFiles(settings)
    started = time.now()
  }

  /// A wrong file must not keep the other configurations from running after a reboot: it is only left out.
  func start() async {
    let loaded = files.loadAll()
    problems = loaded.problems
    for problem in problems { logger.error("configuration left out", metadata: ["reason": "\(problem)"]) }
    await use(loaded.configurations)
  }

  // MARK: Configurations

  func put(_ text: String, as name: String, replacing: Bool) async throws -> PutResult {
    let isNew = inForce[name] == nil
    if !isNew && !replacing { throw ControlProblem.exists(name) }
    try refuseInvalid { () throws(InvalidSettings) in
      try requireReloadable(besides: name, with: try files.check(text, name: name))
      try files.write(text, name: name)
    }
    _ = try await reload()
    return PutResult(detail: try await configuration(name), isNew: isNew)
  }

  func setEnabled(_ isEnabled: Bool, of name: String) async throws -> ConfigurationStatus {
    guard inForce[name] != nil else { throw ControlProblem.unknownConfiguration(name) }
    try refuseInvalid { () throws(InvalidSettings) in
      try requireReloadable(besides: name, with: try files.load(name))
      try files.setEnabled(isEnabled, name: name)
    }
    _ = try await reload()
    return try await configuration(name).status
  }

  /// A file is written only when it can be put in force at once: otherwise what was refused would wait on the disk.
  private func requireReloadable(besides name: String, with settings: ConfigurationSettings) throws(InvalidSettings) {
    let others = files.loadAll().problems.filter { $0.file != files.path(of: name) }
    let problems = others + settings.unreadableFiles()
    if !problems.isEmpty { throw InvalidSettings(problems) }
  }

  /// Everything or nothing: with one wrong file, what is in force stays so.
  func reload() async throws -> ReloadAnswer {
    let loaded = files.loadAll()
    let problems = loaded.problems + loaded.configurations.flatMap { $0.unreadableFiles() }
    guard problems.isEmpty else { throw ControlProblem.invalid(problems.map(CheckReport.Finding.init)) }
    self.problems = []
    await use(loaded.configurations)
    return ReloadAnswer(configurations: loaded.configurations.map(\.configuration.name))
  }

  private func use(_ configurations: [ConfigurationSettings]) async {
    inForce = Dictionary(uniqueKeysWithValues: configurations.map { ($0.configuration.name, $0) })
    let domains = settings.domains.map { ($0.name, factory.directory($0)) }
    await agent.apply(
      domains: Dictionary(uniqueKeysWithValues: domains),
      setups: configurations.filter(\.configuration.isEnabled).map(factory.setup)
    )
    logger.info(
      "configurations in force",
      metadata: ["names": "\(configurations.map(\.configuration.name).joined(separator: " "))"]
    )
  }

  func check(_ text: String?, file: String?) async throws -> CheckReport {
    guard let text else {
      let loaded = files.loadAll()
      return CheckReport(
        problems: (loaded.problems + loaded.configurations.flatMap { $0.unreadableFiles() }).map(
          CheckReport.Finding.init
        )
      )
    }
    let path = file ?? "configuration"
    do throws(InvalidSettings) {
      let checked = try files.check(text, name: Self.name(ofFile: path))
      let unreadable = checked.unreadableFiles().map(CheckReport.Finding.init)
      return CheckReport(problems: unreadable + (await findings(on: checked.configuration, in: path)))
    } catch {
      return CheckReport(problems: error.problems.map { CheckReport.Finding($0, in: path) })
    }
  }

  /// The DNs are asked of the directory, when it answers.
  private func findings(on configuration: Configuration, in file: String) async -> [CheckReport.Finding] {
    guard let pipeline = await agent.pipeline(of: configuration.domain) else { return [] }
    do {
      return try await pipeline.problems(of: configuration.scope).map {
        CheckReport.Finding(file: file, key: "scope", message: "\($0)", remedy: nil)
      }
    } catch {
      return [
        CheckReport.Finding(
          file: file,
          key: "scope",
          message: "the DNs could not be looked up: \(error)",
          remedy: "Check again when the domain controller answers"
        )
      ]
    }
  }

  private static func name(ofFile path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(".toml") ? String(last.dropLast(5)) : last
  }

  private func refuseInvalid<Value>(_ body: () throws(InvalidSettings) -> Value) throws(ControlProblem) {
    do {
      _ = try body()
    } catch {
      throw ControlProblem.invalid(error.problems.map(CheckReport.Finding.init))
    }
  }

  // MARK: Runs

  func restart(_ name: String, wait: Bool) async throws -> RestartAnswer {
    guard let settings = inForce[name] else { throw ControlProblem.unknownConfiguration(name) }
    guard settings.configuration.isEnabled, let runner = await agent.runner(of: name) else {
      throw ControlProblem(
        status: 409,
        title: "The configuration is disabled",
        detail: "\"\(name)\" is disabled, so nothing runs.",
        remedy: "Enable it with: adprovctl config enable \(name)"
      )
    }
    guard wait else {
      await runner.restart()
      return RestartAnswer(accepted: true)
    }
    guard let outcome = await runner.restartAndWait() else { throw ControlProblem.stopping }
    return RestartAnswer(accepted: true, run: outcome.report)
  }
}
