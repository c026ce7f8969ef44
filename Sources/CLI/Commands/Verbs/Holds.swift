import ArgumentParser
import ControlAPI
import ControlClient

struct HoldsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "holds",
    abstract: "Show, approve or reject what the guard holds; exit 1 if something is held.",
    discussion: """
      Deletes, disables and removals of members wait here when they are more than the limits of [guard] allow, and after \
      a change of the configuration. A decision is about exactly what was shown: it names the digest, and is refused \
      when something else is held by then.
      """
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Argument(help: "What to do: approve or reject. Without it, what is held is shown.")
  var decision: HoldsDecision.Word?

  @Option(help: "The digest that was shown.")
  var digest: String?

  @Option(
    name: .customLong("object"),
    help: "objectGUID of an object to decide about; may be repeated. Without it, all."
  )
  var objects: [String] = []

  @Option(help: "How many operations are shown.")
  var limit = 20

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if decision != nil, digest == nil {
      throw ValidationError("A decision needs the --digest of what was shown; run: adprovctl holds \(name)")
    }
    if decision == nil, digest != nil || !objects.isEmpty {
      throw ValidationError("--digest and --object belong to a decision: approve or reject")
    }
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 10000") }
  }

  func run(in context: CommandContext) async throws -> ExitStatus {
    let client = context.client(options)
    if let decision, let digest {
      let message = HoldsDecision(decision, digest: digest, objects: objects.isEmpty ? nil : objects)
      let answer = try await client.decide(message, about: name)
      try show(answer, in: context) { sentence(on: decision, answer) }
      return .ok
    }
    let holds = try await client.holds(name, limit: limit)
    try show(holds, in: context) { text(holds, context) }
    return holds.digest.isEmpty ? .ok : .notOK
  }

  private func sentence(on decision: HoldsDecision.Word, _ answer: HoldsAnswer) -> String {
    switch decision {
    case .approve: "\(name): \(answer.decided) operations approved; they are sent now."
    case .reject: "\(name): \(answer.decided) operations rejected; the sink keeps what it has."
    }
  }

  private func text(_ holds: HoldsReport, _ context: CommandContext) -> String {
    if holds.digest.isEmpty { return "\(name): nothing is held." }
    let rows = holds.operations.map { operation in
      [Table.Cell(operation.guid), Table.Cell(operation.name), Table.Cell(operation.words, .warning)]
    }
    let table = Table(
      columns: [.name("OBJECT"), .text("NAME"), .text("WHAT IS HELD")],
      rows: rows
    ).render(width: context.terminal.width, style: Style(context.terminal))
    return [table, "", summary(holds, Moment(now: context.now()))].joined(separator: "\n")
  }

  private func summary(_ holds: HoldsReport, _ moment: Moment) -> String {
    let more = holds.count - holds.operations.count
    var lines: [String] = []
    if more > 0 { lines.append("and \(more) more; show them with --limit") }
    if holds.following > 0 { lines.append("\(holds.following) memberships go, or stay, with them") }
    let since = holds.since.map { " since \(moment.ago($0))" } ?? ""
    lines.append("\(name): \(holds.count) operations are held\(since): \((holds.reason ?? "").printable)")
    lines.append("Approve them with: adprovctl holds \(name) approve --digest \(holds.digest.printable)")
    lines.append("Keep the objects with: adprovctl holds \(name) reject --digest \(holds.digest.printable)")
    return lines.joined(separator: "\n")
  }
}

extension HoldsDecision.Word: ExpressibleByArgument {}

extension HoldsReport.Operation {
  fileprivate var words: String {
    switch action {
    case .delete: "delete"
    case .disable: "disable"
    case .empty: "empty"
    case .removeMember: "take out of \(group ?? "")"
    }
  }
}
