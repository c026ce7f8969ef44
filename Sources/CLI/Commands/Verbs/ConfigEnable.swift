import ArgumentParser
import ControlClient

struct ConfigEnable: Verb {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Let a configuration provision from now on."
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let status = try await context.client(options).setEnabled(true, of: name)
    try show(status, in: context) { "\(name) is enabled. See how it fares with: adprovctl status" }
    return .ok
  }
}
