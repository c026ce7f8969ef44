import ArgumentParser
import ControlAPI
import ControlClient

struct Restart: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Start a run of a configuration at once instead of waiting for the timer.",
    discussion: """
      With --reset, what was found out before is forgotten first. What would be cleared is shown, and done only after a \
      yes on the terminal or with --yes:
        watermark   how far the domain was read: all of it is read again,
                    for every configuration of the domain
        escrows     waiting times of objects that failed for their own reason
        quarantine  the pause after failures, or one the sink asked for
        links       which object of the sink is whose: all are matched again
        all         all of these
      """
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Option(help: ArgumentHelp("Forget this first; repeatable.", valueName: "what"))
  var reset: [ResetWord] = []

  @Flag(help: "Wait for the end of the run and show what it did; exit 1 if it failed.")
  var wait = false

  @Flag(help: "Reset without asking.")
  var yes = false

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let resets = reset.reduce(into: Set<Reset>()) { $0.formUnion($1.resets) }
    let client = context.client(options)
    if !resets.isEmpty, try await !isConfirmed(resets, client, context) { return .notOK }
    let answer = try await client.restart(name, resetting: resets, wait: wait)
    try show(answer, in: context) { text(answer).printable }
    guard wait else { return .ok }
    return answer.run?.isGood == true ? .ok : .notOK
  }

  private func isConfirmed(
    _ resets: Set<Reset>,
    _ client: ControlClient,
    _ context: CommandContext
  ) async throws -> Bool {
    // The dialog would share its output with the answer, which --json makes one for programs.
    let canAsk = context.terminal.isInteractive && !options.json
    guard yes || canAsk else {
      throw CommandFailure.usage(
        "a reset is only done after a yes, and nobody can be asked here.",
        remedy: "Give --yes to do it without asking."
      )
    }
    if !options.json {
      let preview = try await client.previewRestart(name, resetting: resets)
      context.terminal.print(preview.text(of: resets, name, Moment(now: context.now())).printableLines)
    }
    if yes { return true }
    let answer = context.terminal.ask("Go on? (yes/no) ")?.lowercased().filter { !$0.isWhitespace }
    if answer == "yes" || answer == "y" { return true }
    context.terminal.printError("adprovctl: Nothing was changed.")
    return false
  }

  private func text(_ answer: RestartAnswer) -> String {
    if wait {
      return "\(name): \(answer.run?.sentence ?? "the daemon does not say how the run ended")"
    }
    return answer.accepted ? "\(name): a run starts now." : "\(name): a run is under way already."
  }
}

/// A word of `--reset`.
enum ResetWord: String, CaseIterable, ExpressibleByArgument {
  case watermark
  case escrows
  case quarantine
  case links
  case all

  var resets: Set<Reset> {
    switch self {
    case .watermark: [.watermark]
    case .escrows: [.escrows]
    case .quarantine: [.quarantine]
    case .links: [.links]
    case .all: Set(Reset.allCases)
    }
  }
}
