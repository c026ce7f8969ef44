import ArgumentParser
import ControlAPI
import ControlClient

struct ConfigCheck: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with a file before it is used; exit 1 if anything is.",
    discussion: "The daemon checks the text that it is sent, so the file can be anywhere."
  )

  @Argument(help: "The file; without it, all that the daemon has.")
  var file: String?

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let text = try file.map { try read($0, on: context.host) }
    let report = try await context.client(options).check(text, file: file)
    try show(report, in: context) {
      let style = Style(context.terminal)
      return report.problems.isEmpty
        ? "No problems." : report.problems.map { $0.line(in: style) }.joined(separator: "\n")
    }
    return report.problems.isEmpty ? .ok : .notOK
  }

  private func read(_ path: String, on host: Host) throws -> String {
    guard let text = host.readFile(path) else {
      throw CommandFailure.notOK(
        "\(path) cannot be read as a text.",
        remedy: "Check that it exists, that you may read it, and that it is UTF-8."
      )
    }
    return text
  }
}
