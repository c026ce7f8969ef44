import ArgumentParser
import ControlAPI
import ControlClient

struct ConfigShow: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a configuration: how it fares, its scope, its file."
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let detail = try await context.client(options).configuration(name)
    try show(detail, in: context) { text(detail, Moment(now: context.now()), context.terminal) }
    return .ok
  }

  private func text(_ detail: ConfigurationDetail, _ moment: Moment, _ terminal: any Terminal) -> String {
    let style = Style(terminal)
    var parts = [facts(detail, moment, style)]
    if !detail.scopeRoots.isEmpty {
      parts.append(scope(detail.scopeRoots).render(width: terminal.width, style: style))
    }
    parts.append(style.apply(.heading, to: "# \(detail.path)".printable) + "\n" + detail.text.printableLines.trimmedEnd)
    return parts.joined(separator: "\n\n")
  }

  private func facts(_ detail: ConfigurationDetail, _ moment: Moment, _ style: Style) -> String {
    let status = detail.status
    let health = style.apply(status.health.tone, to: status.health.rawValue)
    let lastRun = status.lastRun.map { "\(moment.ago($0.ended ?? $0.started)), \($0.sentence)".printable }
    return """
      domain    \(detail.domain.printable)
      health    \(health)\(status.reason.map { ": \($0)".printable } ?? "")
      last run  \(lastRun ?? "-")
      next run  \(status.running ? "running" : status.nextRun.map(moment.until) ?? "-")
      in sink   \(status.provisioned) objects
      waiting   \(status.pending) objects, \(status.pendingMembers) memberships, \(status.escrowed) in escrow, \(status.held) held
      """
  }

  private func scope(_ roots: [ConfigurationDetail.ScopeRoot]) -> Table {
    Table(
      columns: [.text("SCOPE"), .text("CLASS"), .text("DN"), .text("GUID")],
      rows: roots.map { root in
        [
          Table.Cell(root.excluded ? "excluded" : "included"), Table.Cell(root.objectClass), Table.Cell(root.dn),
          Table.Cell(root.guid),
        ]
      }
    )
  }
}

extension String {
  fileprivate var trimmedEnd: Substring { self[..<(lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex)] }
}
