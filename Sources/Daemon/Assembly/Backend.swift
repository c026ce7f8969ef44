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
  let bell: LogBell
  private let files: ConfigurationFiles
  private let factory: PartFactory
  private let logger: Logger
  /// By name.
  private(set) var inForce: [String: ConfigurationSettings] = [:]
  /// What is wrong with files that are therefore not in force as they stand on the disk.
  private(set) var problems: [SettingsProblem] = []
  /// Such a file was there at start, so that nothing of it is in force.
  private(set) var isIncomplete = false
  /// Nothing may run before the control socket is known to be ours.
  private var hasBegun = false

  init(
    settings: DaemonSettings,
    agent: Agent,
    store: any Store,
    time: any TimeSource,
    factory: PartFactory,
    logger: Logger,
    bell: LogBell
  ) {
    self.settings = settings
    self.agent = agent
    self.store = store
    self.time = time
    self.factory = factory
    self.logger = logger
    self.bell = bell
    files = ConfigurationFiles(settings)
    started = time.now()
  }

  /// Reads the configurations and starts nothing yet. A wrong file must not keep the others from running after a reboot:
  /// it is only left out.
  func load() {
    let loaded = files.loadAll()
    isIncomplete = !loaded.problems.isEmpty
    note(loaded.problems)
    inForce = Self.byName(loaded.configurations)
    // These are read when they are needed; a run that cannot will say so again.
    log(settings.unreadableFiles() + loaded.configurations.flatMap { $0.unreadableFiles() })
  }

  func begin() async {
    hasBegun = true
    await putInForce()
  }

  // MARK: Configurations

  func put(_ text: String, as name: String, replacing: Bool) async throws -> PutResult {
    let isNew = inForce[name] == nil
    if !isNew && !replacing { throw ControlProblem.exists(name) }
    try await change(name) { () throws(InvalidSettings) in
      try requireReadable(try files.check(text, name: name))
      return try files.write(text, name: name)
    }
    return PutResult(detail: try await configuration(name), isNew: isNew)
  }

  /// Disabling asks for nothing but a file that can be edited: it is what an administrator does when other things are wrong.
  func setEnabled(_ isEnabled: Bool, of name: String) async throws -> ConfigurationStatus {
    guard inForce[name] != nil else { throw ControlProblem.unknownConfiguration(name) }
    try await change(name) { () throws(InvalidSettings) in
      if isEnabled { try requireReadable(try files.load(name)) }
      return try files.setEnabled(isEnabled, name: name)
    }
    return try await configuration(name).status
  }

  /// Everything or nothing: with one wrong file, what is in force stays so.
  func reload() async throws -> ReloadAnswer {
    let loaded = files.loadAll()
    let problems = loaded.problems + loaded.configurations.flatMap { $0.unreadableFiles() }
    note(problems)
    guard problems.isEmpty else { throw ControlProblem.invalid(problems.map(CheckReport.Finding.init)) }
    isIncomplete = false
    inForce = Self.byName(loaded.configurations)
    await putInForce()
    return ReloadAnswer(configurations: inForce.keys.sorted())
  }

  /// Writes one file and puts it in force; the others are not looked at.
  private func change(
    _ name: String,
    _ write: () throws(InvalidSettings) -> ConfigurationSettings
  ) async throws {
    do throws(InvalidSettings) {
      inForce[name] = try write()
    } catch {
      throw ControlProblem.invalid(error.problems.map(CheckReport.Finding.init))
    }
    problems.removeAll { $0.file == files.path(of: name) }
    if problems.isEmpty { isIncomplete = false }
    await putInForce()
  }

  private func requireReadable(_ settings: ConfigurationSettings) throws(InvalidSettings) {
    let problems = settings.unreadableFiles()
    if !problems.isEmpty { throw InvalidSettings(problems) }
  }

  private func putInForce() async {
    guard hasBegun else { return }
    let configurations = inForce.keys.sorted().compactMap { inForce[$0] }
    let domains = settings.domains.map { ($0.name, factory.directory($0)) }
    await agent.apply(
      domains: Dictionary(uniqueKeysWithValues: domains),
      setups: configurations.filter(\.configuration.isEnabled).map(factory.setup)
    )
    let names = configurations.map(\.configuration.name).joined(separator: " ")
    logger.info("configurations in force", metadata: ["names": "\(names)"])
  }

  private func note(_ problems: [SettingsProblem]) {
    self.problems = problems
    log(problems)
  }

  private func log(_ problems: [SettingsProblem]) {
    for problem in problems { logger.error("wrong settings", metadata: ["reason": "\(problem)"]) }
  }

  private static func byName(_ configurations: [ConfigurationSettings]) -> [String: ConfigurationSettings] {
    Dictionary(uniqueKeysWithValues: configurations.map { ($0.configuration.name, $0) })
  }

  func check(_ text: String?, file: String?) async throws -> CheckReport {
    guard let text else {
      let loaded = files.loadAll()
      let unreadable = settings.unreadableFiles() + loaded.configurations.flatMap { $0.unreadableFiles() }
      var findings = (loaded.problems + unreadable).map(CheckReport.Finding.init)
      for checked in loaded.configurations {
        findings += await self.findings(on: checked.configuration, in: checked.file)
      }
      return CheckReport(problems: findings)
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

  // MARK: Runs

  func restart(
    _ name: String,
    resetting resets: Set<ControlAPI.Reset>,
    wait: Bool
  ) async throws -> RestartAnswer {
    let runner = try await runner(of: name)
    let resets = Set(resets.map(Engine.Reset.init))
    guard wait else {
      await runner.restart(resetting: resets)
      return RestartAnswer(accepted: true)
    }
    guard let outcome = await runner.restartAndWait(resetting: resets) else { throw ControlProblem.stopping }
    return RestartAnswer(accepted: true, run: outcome.report)
  }

  func previewRestart(
    _ name: String,
    resetting resets: Set<ControlAPI.Reset>
  ) async throws -> ControlAPI.ResetPreview {
    let runner = try await runner(of: name)
    return ControlAPI.ResetPreview(try await runner.preview(Set(resets.map(Engine.Reset.init))))
  }

  func reconcile(_ name: String, isRepairing: Bool) async throws -> ReconcileAnswer {
    let runner = try await runner(of: name)
    guard let outcome = await runner.reconcileAndWait(isRepairing: isRepairing) else { throw ControlProblem.stopping }
    let run = outcome.report
    // After a failed run the report of an earlier one may still be there.
    switch outcome.outcome {
    case .success, .partial: break
    case .failure, .interrupted, nil:
      return ReconcileAnswer(run: run, reason: outcome.detail ?? "The run was interrupted before all was compared.")
    }
    guard let drift = await runner.state.drift else {
      return ReconcileAnswer(run: run, reason: "What the sink holds cannot be read, so nothing was compared.")
    }
    return ReconcileAnswer(run: run, drift: ControlAPI.DriftReport(drift))
  }

  private func runner(of name: String) async throws -> ConfigurationRunner {
    guard let settings = inForce[name] else { throw ControlProblem.unknownConfiguration(name) }
    guard settings.configuration.isEnabled else {
      throw ControlProblem(
        status: 409,
        title: "The configuration is disabled",
        detail: "\"\(name)\" is disabled, so nothing runs.",
        remedy: "Enable it with: adprovctl config enable \(name)"
      )
    }
    guard let runner = await agent.runner(of: name) else {
      throw ControlProblem(
        status: 503,
        title: "The configuration is just being put in force",
        detail: "\"\(name)\" is not ready to run yet.",
        remedy: "Try again in a moment."
      )
    }
    return runner
  }
}
