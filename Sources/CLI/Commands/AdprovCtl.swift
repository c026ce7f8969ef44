package import ArgumentParser
import ControlAPI

/// The command `adprovctl`: one type per verb, each of which asks the daemon and prints its answer.
package struct AdprovCtl: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "adprovctl",
    abstract: "Drives adprovd, which provisions identities from Active Directory to the cloud.",
    discussion: """
      Exit codes: 0 is ok, 1 is not ok, 2 is a usage error. With --json a verb prints what the daemon answered.
      """,
    version: "adprovctl \(AgentVersion.current)",
    subcommands: [
      Health.self, Status.self, Log.self, Runs.self, Restart.self, Reconcile.self, HoldsVerb.self, Reload.self,
      Config.self, Version.self,
    ]
  )

  package init() {}

  /// Parses, runs and prints.
  ///
  /// - Returns: the exit code of the process.
  package static func execute(_ arguments: [String], in context: CommandContext) async -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if let verb = command as? any Verb { return try await verb.run(in: context).rawValue }
      // Not a verb: its run() throws the help that was asked for, which `report` prints.
      try command.run()
      return ExitStatus.ok.rawValue
    } catch {
      return report(error, on: context.terminal).rawValue
    }
  }

  private static func report(_ error: any Error, on terminal: any Terminal) -> ExitStatus {
    if let failure = CommandFailure(error) {
      terminal.printError(failure.text)
      return failure.status
    }
    let message = fullMessage(for: error)
    // Help and version come as errors too.
    if exitCode(for: error).isSuccess {
      terminal.print(message)
      return .ok
    }
    let prefix = "Error: "
    terminal.printError(message.hasPrefix(prefix) ? "adprovctl: \(message.dropFirst(prefix.count))" : message)
    return .usage
  }
}
