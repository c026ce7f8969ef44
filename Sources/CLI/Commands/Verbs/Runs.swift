import ArgumentParser
import ControlAPI
import ControlClient
import FoundationEssentials

struct Runs: Verb {
  static let configuration = CommandConfiguration(
    abstract: "List the latest runs of a configuration, the newest first.",
    discussion: "What a run did to which object: adprovctl log NAME --run ID"
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "At most so many (1 to \(RunsRequest.largestLimit), \(RunsRequest.usualLimit) if not given).",
      valueName: "count"
    )
  )
  var limit: Int?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let limit, !(1...RunsRequest.largestLimit).contains(limit) {
      throw ValidationError("--limit takes a number from 1 to \(RunsRequest.largestLimit).")
    }
  }

  func run(in context: CommandContext) async throws -> ExitStatus {
    let runs = try await context.client(options).runs(name, limit: limit)
    try show(RunList(runs: runs), in: context) {
      runs.isEmpty
        ? "\(name) has not run yet."
        : table(runs).render(width: context.terminal.width, style: Style(context.terminal))
    }
    return .ok
  }

  private func table(_ runs: [RunReport]) -> Table {
    Table(
      columns: [
        .number("RUN"), .name("STARTED"), .text("TOOK"), .text("REASON"), .text("OUTCOME"), .text("WHAT IT DID"),
      ],
      rows: runs.map { run in
        [
          Table.Cell("\(run.id)"), Table.Cell(run.started.formatted(.iso8601)),
          Table.Cell(run.ended.map { Moment.span($0.timeIntervalSince(run.started)) } ?? "-"), Table.Cell(run.reason),
          Table.Cell(run.outcome?.rawValue ?? "running", run.outcome?.tone ?? .plain),
          Table.Cell([run.counts.sentence, run.detail].compactMap(\.self).joined(separator: "; ")),
        ]
      }
    )
  }
}

extension RunReport.Outcome {
  fileprivate var tone: Tone {
    switch self {
    case .success: .good
    case .partial, .interrupted: .warning
    case .failure: .bad
    }
  }
}
