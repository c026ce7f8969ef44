/// What a folder of configurations holds.
package struct LoadedConfigurations: Hashable, Sendable {
  /// The valid ones, sorted by name.
  package internal(set) var configurations: [ConfigurationSettings] = []
  /// What is wrong with the other files.
  package internal(set) var problems: [SettingsProblem] = []
}
