import ArgumentParser
import ControlAPI
import ControlClient
import FoundationEssentials

struct Status: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Show the domains, the configurations and how they fare."
  )

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let report = try await context.client(options).status()
    try show(report, in: context) { text(report, Moment(now: context.now()), context.terminal) }
    return .ok
  }

  private func text(_ report: StatusReport, _ moment: Moment, _ terminal: any Terminal) -> String {
    let age = Moment.span(moment.now.timeIntervalSince(report.started))
    var parts = ["adprovd \(report.version), running for \(age)".printable]
    if !report.domains.isEmpty {
      parts.append(domains(report.domains, moment).render(width: terminal.width, style: Style(terminal)))
    }
    let remarks = report.domains.flatMap { domain in self.remarks(on: domain, moment).map { "\(domain.name): \($0)" } }
    if !remarks.isEmpty { parts.append(remarks.map(\.printable).joined(separator: "\n")) }
    let problems = report.problems.map { $0.line(in: .plain) }
    if !problems.isEmpty {
      parts.append((["Files that are not in force as they stand:"] + problems).map(\.printable).joined(separator: "\n"))
    }
    parts.append(ConfigurationTable(configurations: report.configurations, moment: moment).render(on: terminal))
    return parts.joined(separator: "\n\n")
  }

  private func domains(_ domains: [StatusReport.Domain], _ moment: Moment) -> Table {
    Table(
      columns: [
        .text("DOMAIN"), .text("CONTROLLER"), .text("METHOD"), .number("OBJECTS"), .text("LAST READ"), .text("IN FULL"),
      ],
      rows: domains.map { domain in
        [
          Table.Cell(domain.name, domain.error == nil ? .plain : .bad), Table.Cell(domain.controller ?? "-"),
          Table.Cell(domain.method ?? "-"), Table.Cell(domain.objects.map(String.init) ?? "-"),
          Table.Cell(domain.lastImport.map(moment.ago) ?? "-"),
          Table.Cell(domain.readingInFull ? "reading" : domain.lastFullRead.map(moment.ago) ?? "-"),
        ]
      }
    )
  }

  private func remarks(on domain: StatusReport.Domain, _ moment: Moment) -> [String] {
    let fullRead = domain.fullReadDue.map { due in
      "the next full read is due \(moment.until(due))" + (domain.fullReadReason.map { ": \($0)" } ?? "")
    }
    return [domain.error, domain.waitsFor, fullRead].compactMap(\.self)
  }
}
