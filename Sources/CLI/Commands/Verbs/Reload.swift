import ArgumentParser
import ControlAPI
import ControlClient

struct Reload: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Read the settings again; exit 1 if they are wrong, and what was in force stays so."
  )

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let answer = try await context.client(options).reload()
    try show(answer, in: context) {
      let names = answer.configurations
      let count = names.count == 1 ? "1 configuration" : "\(names.count) configurations"
      return "Reloaded. \(count) in force\(names.isEmpty ? "" : ": \(names.joined(separator: ", "))").".printable
    }
    return .ok
  }
}
