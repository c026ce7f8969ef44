package import ArgumentParser
import ControlAPI
import Glibc
import Settings
import Systemd

/// `adprovd`: reads its settings, then runs until it is told to stop.
package struct DaemonCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "adprovd",
    abstract: "Carries users, groups and organizational units from Active Directory to the cloud.",
    discussion: """
      Runs in the foreground until SIGTERM or SIGINT; SIGHUP reads the configurations again. Each path that the settings \
      file names can be moved by an option, so that an ordinary user can run it from a folder of their own.

      Exit status: 0 stopped as asked, 64 wrong usage, 74 the store or the socket cannot be used, 75 another daemon uses \
      the store, 78 the settings are wrong.
      """,
    version: AgentVersion.current
  )

  @Option(help: "The settings file.")
  package var config = DaemonSettings.defaultFile

  @Option(help: "The folder of configurations, instead of the one in the settings file.")
  package var configurations: String?

  @Option(help: "The folder of the state.")
  package var state: String?

  @Option(help: "The database file.")
  package var store: String?

  @Option(help: "The control socket.")
  package var socket: String?

  @Flag(help: "Check the settings and all configurations, then exit: with 0 when all is well, else with 78.")
  package var check = false

  package init() {}

  /// The whole of `adprovd`: ends the process when it is done.
  package static func runOnThisHost() async {
    await main()
  }

  package func run() async throws {
    do {
      let settings = try DaemonSettings.load(from: config, overrides: overrides)
      if check {
        try Self.report(settings)
        return
      }
      LoggingSetup.bootstrap(level: .init(settings.logLevel))
      try await Daemon(settings).run()
    } catch let error as ExitCode {
      throw error
    } catch {
      Self.complain("\(error)")
      throw ExitStatus(error).code
    }
  }

  private var overrides: PathOverrides {
    PathOverrides(configurationsFolder: configurations, stateFolder: state, storePath: store, socketPath: socket)
  }

  private static func report(_ settings: DaemonSettings) throws {
    let loaded = ConfigurationFiles(settings).loadAll()
    let problems =
      settings.unreadableFiles() + loaded.problems + loaded.configurations.flatMap { $0.unreadableFiles() }
    guard !problems.isEmpty else {
      print("Settings and \(loaded.configurations.count) configurations are valid.")
      return
    }
    throw InvalidSettings(problems)
  }

  private static func complain(_ text: String) {
    for line in text.split(separator: "\n") {
      let bytes = Array("adprovd: \(line)\n".utf8)
      _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
  }
}
