package import Model

/// What a file of `configurations.d` says: a configuration and the sink it feeds.
package struct ConfigurationSettings: Hashable, Sendable {
  package let configuration: Configuration
  package let sink: SinkSettings
  /// Path of the file.
  package let file: String
  /// Files that these settings name, with the places where they do.
  let references: [FileReference]
}

extension ConfigurationSettings {
  package static let defaultInterval: Duration = .seconds(120)
  package static let minimumInterval: Duration = .seconds(10)

  /// What is wrong now with the secrets and certificates that the settings name. Opens each of them.
  package func unreadableFiles() -> [SettingsProblem] {
    references.compactMap { $0.problem() }
  }
}
