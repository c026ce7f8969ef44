import ControlAPI
import Engine
import FoundationEssentials
import Logging
import Model
import Settings

/// Between the words of the settings and the engine and those of the control socket.
extension Timestamp {
  var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension RunRecord {
  var report: RunReport {
    var report = RunReport.Counts()
    report.imported = counts.imported
    report.evaluated = counts.evaluated
    report.created = counts.created
    report.updated = counts.updated
    report.disabled = counts.disabled
    report.deleted = counts.deleted
    report.membersAdded = counts.membersAdded
    report.membersRemoved = counts.membersRemoved
    report.failed = counts.failed
    return RunReport(
      id: id,
      reason: reason.rawValue,
      started: started.date,
      ended: ended?.date,
      outcome: outcome.flatMap { RunReport.Outcome(rawValue: $0.rawValue) },
      detail: detail,
      counts: report
    )
  }
}

extension Engine.Reset {
  init(_ reset: ControlAPI.Reset) {
    self =
      switch reset {
      case .watermark: .watermark
      case .escrows: .escrows
      case .quarantine: .quarantine
      case .links: .links
      }
  }
}

extension ControlAPI.ResetPreview {
  init(_ preview: Engine.ResetPreview) {
    self.init(
      objectsToRead: preview.objectsToRead,
      escrows: preview.escrows,
      pausedUntil: preview.pausedUntil?.date,
      links: preview.links
    )
  }
}

extension ControlAPI.DriftReport {
  init(_ drift: Engine.DriftReport) {
    self.init()
    compared = drift.compared
    missing = drift.missing
    changed = drift.changed
    membersMissing = drift.membersMissing
    membersAdded = drift.membersAdded
    foreign = drift.foreign
    repaired = drift.isRepaired
    examples = drift.examples.map { Example(guid: "\($0.guid)", difference: $0.difference) }
  }
}

extension CheckReport.Finding {
  init(_ problem: SettingsProblem) {
    self.init(problem, in: problem.file)
  }

  init(_ problem: SettingsProblem, in file: String) {
    self.init(
      file: file,
      line: problem.line,
      key: problem.key,
      message: problem.message,
      remedy: problem.remedy
    )
  }
}

extension ConfigurationFiles {
  init(_ settings: DaemonSettings) {
    self.init(folder: settings.configurationsFolder, domains: settings.domains.map(\.name))
  }
}

extension Logger.Level {
  init(_ level: LogLevel) {
    self = Logger.Level(rawValue: level.rawValue) ?? .info
  }
}
