import ArgumentParser
import ControlAPI
import ControlClient

struct Reconcile: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Compare the sink with what it should hold; exit 1 if they differ and it was not repaired.",
    discussion: """
      Reads the directory and the sink in full, which takes as long as a first run. Objects of the sink that are not \
      managed are counted and left alone.
      """
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Flag(help: "Repair what differs in the sink.")
  var repair = false

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let answer = try await context.client(options).reconcile(name, isRepairing: repair)
    if let drift = answer.drift {
      try show(answer, in: context) { text(drift, answer.run, context.terminal) }
      return drift.hasDrift && !isMended(drift, by: answer.run) ? .notOK : .ok
    }
    if options.json { try show(answer, in: context) { "" } }
    throw CommandFailure.notOK("\(name): \(answer.reason ?? answer.run.sentence)")
  }

  /// What the sink refused of the repair is still different.
  private func isMended(_ drift: DriftReport, by run: RunReport) -> Bool { drift.repaired && run.counts.failed == 0 }

  private func text(_ drift: DriftReport, _ run: RunReport, _ terminal: any Terminal) -> String {
    let style = Style(terminal)
    var parts = [figures(drift).render(width: terminal.width, style: style)]
    if !drift.examples.isEmpty { parts.append(examples(drift).render(width: terminal.width, style: style)) }
    parts.append(verdict(drift, run).printable)
    return parts.joined(separator: "\n\n")
  }

  private func figures(_ drift: DriftReport) -> Table {
    let figures = [
      ("missing", drift.missing), ("changed", drift.changed), ("members missing", drift.membersMissing),
      ("members added", drift.membersAdded),
    ]
    let rows = figures.map { [Table.Cell($0.0, $0.1 == 0 ? .plain : .warning), Table.Cell($0.1)] }
    return Table(
      columns: [.text("IN THE SINK"), .number("COUNT")],
      rows: [["compared", Table.Cell(drift.compared)]] + rows + [["not ours", Table.Cell(drift.foreign)]]
    )
  }

  private func examples(_ drift: DriftReport) -> Table {
    Table(
      columns: [.name("OBJECT"), .text("DIFFERENCE")],
      rows: drift.examples.map { [Table.Cell($0.guid), Table.Cell($0.difference)] }
    )
  }

  private func verdict(_ drift: DriftReport, _ run: RunReport) -> String {
    if !drift.hasDrift { return "\(name): no drift." }
    if isMended(drift, by: run) { return "\(name): repaired; \(run.sentence)" }
    if drift.repaired { return "\(name): not all of it could be repaired and waits for its repeat; \(run.sentence)" }
    return "\(name): not repaired. Repair it with: adprovctl reconcile \(name) --repair"
  }
}
