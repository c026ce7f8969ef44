import ArgumentParser
import ControlClient

struct ConfigDisable: Verb {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Stop a configuration from provisioning; what is in the sink stays."
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let status = try await context.client(options).setEnabled(false, of: name)
    try show(status, in: context) { "\(name) is disabled; what it provisioned stays as it is." }
    return .ok
  }
}
