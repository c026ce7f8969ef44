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
