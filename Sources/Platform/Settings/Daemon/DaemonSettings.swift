/// What `adprovd.toml` and the flags say about the daemon as a whole.
package struct DaemonSettings: Hashable, Sendable {
  package static let defaultFile = "/etc/adprov/adprovd.toml"

  /// At least one, each name once.
  package let domains: [DomainSettings]
  /// Holds one file for each configuration.
  package let configurationsFolder: String
  /// Private to the daemon: whatever it keeps besides the store lies here too.
  package let stateFolder: String
  /// The database.
  package let storePath: String
  package let control: ControlSettings
  package let logLevel: LogLevel
  /// How long entries of the provisioning log are kept.
  package let logRetention: Duration
  /// Files that these settings name, with the places where they do.
  let references: [FileReference]
}

extension DaemonSettings {
  /// What is wrong now with the secrets, keytabs and certificates that the settings name. Opens each of them.
  package func unreadableFiles() -> [SettingsProblem] {
    references.compactMap { $0.problem() }
  }

  /// The domain of that DNS name, in any case.
  package func domain(named name: String) -> DomainSettings? {
    domains.first { $0.name == name.lowercased() }
  }
}

/// The levels of swift-log, by the same names.
package enum LogLevel: String, Sendable, CaseIterable {
  case trace, debug, info, notice, warning, error, critical
}
