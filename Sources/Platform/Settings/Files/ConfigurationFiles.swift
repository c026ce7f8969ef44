import FoundationEssentials

/// The folder that holds one file for each configuration, `NAME.toml`.
package struct ConfigurationFiles: Sendable {
  package let folder: String
  private let domains: [String]

  private static let suffix = ".toml"

  /// - Parameter domains: DNS names of the domains that the daemon reads.
  package init(folder: String, domains: [String]) {
    self.folder = folder
    self.domains = domains
  }

  package func path(of name: String) -> String { "\(folder)/\(name)\(Self.suffix)" }

  /// Reads every file; one that is wrong gives its problems and hides none of the others.
  package func loadAll() -> LoadedConfigurations {
    var loaded = LoadedConfigurations()
    do throws(InvalidSettings) {
      for name in try names() {
        do throws(InvalidSettings) {
          loaded.configurations.append(try load(name))
        } catch {
          loaded.problems += error.problems
        }
      }
    } catch {
      loaded.problems += error.problems
    }
    return loaded
  }

  package func load(_ name: String) throws(InvalidSettings) -> ConfigurationSettings {
    try check(try text(of: name), name: name)
  }

  /// What a file of that text would be; writes nothing.
  package func check(_ text: String, name: String) throws(InvalidSettings) -> ConfigurationSettings {
    try ConfigurationSettings(parsing: text, name: name, file: path(of: name), domains: domains)
  }

  package func text(of name: String) throws(InvalidSettings) -> String {
    try checkName(name)
    return try SettingsFile.read(path(of: name))
  }

  /// Writes the file, or leaves everything as it was when the text is not valid.
  @discardableResult
  package func write(_ text: String, name: String) throws(InvalidSettings) -> ConfigurationSettings {
    let settings = try check(text, name: name)
    do throws(FileError) {
      // Readable for the group, which is the service's: an administrator's tools then need no more than that group.
      try AtomicFile.write(text, to: name + Self.suffix, in: folder, mode: 0o640)
    } catch {
      throw failure(of: folder, error, remedy: "Let the user of adprovd write to the folder")
    }
    return settings
  }

  /// Enables or disables the configuration in its file, and keeps comments and order.
  @discardableResult
  package func setEnabled(_ isEnabled: Bool, name: String) throws(InvalidSettings) -> ConfigurationSettings {
    let text = try text(of: name)
    guard let edited = ConfigurationText.settingEnabled(isEnabled, in: text) else {
      // Most likely the file is not valid; its own problems say more.
      _ = try check(text, name: name)
      throw InvalidSettings([
        SettingsProblem(
          file: path(of: name),
          key: "enabled",
          message: "cannot be changed in this file",
          remedy: "Write enabled = \(isEnabled) into a line of its own, above the first table"
        )
      ])
    }
    return try write(edited, name: name)
  }

  /// Names of the configurations by their files, sorted. Hidden files and files of other endings are passed over.
  private func names() throws(InvalidSettings) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".") }
        .map { String($0.dropLast(Self.suffix.count)) }
        .sorted()
    } catch {
      throw InvalidSettings([
        SettingsProblem(
          file: folder,
          message: "the folder of configurations cannot be read",
          remedy: "Create it and let the user of adprovd read and write it, or correct configurations-folder"
        )
      ])
    }
  }

  /// Names become parts of paths.
  private func checkName(_ name: String) throws(InvalidSettings) {
    guard !ConfigurationName.isValid(name) else { return }
    throw InvalidSettings([ConfigurationName.problem(with: name, file: path(of: name))])
  }

  private func failure(of path: String, _ error: FileError, remedy: String) -> InvalidSettings {
    InvalidSettings([SettingsProblem(file: path, message: error.reason, remedy: remedy)])
  }
}
