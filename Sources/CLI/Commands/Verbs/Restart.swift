import ArgumentParser
import ControlAPI
import ControlClient

struct Restart: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Start a run of a configuration at once instead of waiting for the timer."
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Flag(help: "Wait for the end of the run and show what it did; exit 1 if it failed.")
  var wait = false

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let answer = try await context.client(options).restart(name, wait: wait)
    try show(answer, in: context) { text(answer).printable }
    guard wait else { return .ok }
    return answer.run?.isGood == true ? .ok : .notOK
  }

  private func text(_ answer: RestartAnswer) -> String {
    if wait {
      return "\(name): \(answer.run?.sentence ?? "the daemon does not say how the run ended")"
    }
    return answer.accepted ? "\(name): a run starts now." : "\(name): a run is under way already."
  }
}
