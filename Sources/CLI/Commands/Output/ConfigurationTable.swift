import ControlAPI

/// Configurations, a line each, and below them why some are not well.
struct ConfigurationTable {
  let configurations: [ConfigurationStatus]
  let moment: Moment

  func render(on terminal: any Terminal) -> String {
    guard !configurations.isEmpty else {
      return "There is no configuration yet. Make one with: adprovctl config new NAME"
    }
    let style = Style(terminal)
    let domain: [Table.Column] = showsDomain ? [.text("DOMAIN")] : []
    let table = Table(
      columns: [.name("CONFIGURATION")] + domain + [
        .text("HEALTH"), .text("LAST RUN"), .text("NEXT RUN"), .number("PROVISIONED"), .number("WAITING"),
        .number("ESCROWED"),
      ],
      rows: configurations.map(row)
    )
    let reasons = configurations.compactMap { configuration in
      configuration.reason.map { "\(configuration.name): \($0)".printable }
    }
    let text = table.render(width: terminal.width, style: style)
    return reasons.isEmpty ? text : "\(text)\n\n\(reasons.joined(separator: "\n"))"
  }

  /// Where all are of one domain its name tells nothing.
  private var showsDomain: Bool { Set(configurations.map(\.domain)).count > 1 }

  private func row(_ configuration: ConfigurationStatus) -> [Table.Cell] {
    [Table.Cell(configuration.name)] + (showsDomain ? [Table.Cell(configuration.domain)] : []) + [
      Table.Cell(configuration.health.rawValue, configuration.health.tone),
      Table.Cell(lastRun(configuration)), Table.Cell(configuration.nextRun.map(moment.until) ?? "-"),
      Table.Cell(configuration.provisioned), Table.Cell(configuration.pending + configuration.pendingMembers),
      Table.Cell(configuration.escrowed),
    ]
  }

  private func lastRun(_ configuration: ConfigurationStatus) -> String {
    if configuration.running { return "running" }
    guard let run = configuration.lastRun else { return "-" }
    return [moment.ago(run.ended ?? run.started), run.outcome?.rawValue].compactMap(\.self).joined(separator: ", ")
  }
}

extension ConfigurationStatus.Health {
  var tone: Tone {
    switch self {
    case .ok: .good
    case .starting: .plain
    case .degraded: .warning
    case .failed: .bad
    case .disabled: .plain
    }
  }
}
