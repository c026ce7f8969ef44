import ArgumentParser
import ControlAPI
import ControlClient

struct Version: Verb {
  static let configuration = CommandConfiguration(abstract: "Show the versions of this command and of the daemon.")

  private struct Versions: Encodable {
    let adprovctl: String
    /// Nil when it does not run.
    let adprovd: String?
  }

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    // The one verb that is of use without a daemon.
    let daemon = try? await context.client(options).health().version
    try show(Versions(adprovctl: AgentVersion.current, adprovd: daemon), in: context) {
      "adprovctl \(AgentVersion.current)\nadprovd \(daemon?.printable ?? "does not answer")"
    }
    return .ok
  }
}
