import ArgumentParser
import ControlAPI
import ControlClient

struct Health: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Say whether provisioning works; exit 1 if not. Needs no rights."
  )

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let report = try await context.client(options).health()
    try show(report, in: context) { text(report, Style(context.terminal)) }
    return report.isGood ? .ok : .notOK
  }

  private func text(_ report: HealthReport, _ style: Style) -> String {
    let reasons = report.reasons.map { reason in
      let place = [reason.scope.rawValue, reason.name].compactMap(\.self).joined(separator: " ")
      let words = reason.message.map { "\($0) (\(reason.code))" } ?? reason.code
      return "  \(place): \(words)".printable
    }
    return ([style.apply(report.status.tone, to: report.status.rawValue)] + reasons).joined(separator: "\n")
  }
}

extension HealthReport.Status {
  fileprivate var tone: Tone {
    switch self {
    case .ok, .starting: .good
    case .degraded: .warning
    case .failed: .bad
    }
  }
}
