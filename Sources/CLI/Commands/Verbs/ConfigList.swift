import ArgumentParser
import ControlAPI
import ControlClient

struct ConfigList: Verb {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the configurations.")

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    let configurations = try await context.client(options).configurations()
    try show(ConfigurationList(configurations: configurations), in: context) {
      ConfigurationTable(configurations: configurations, moment: Moment(now: context.now())).render(
        on: context.terminal
      )
    }
    return .ok
  }
}
