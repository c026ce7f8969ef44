extension DaemonSettings {
  /// Reads and checks the file; opens no other file that it names.
  ///
  /// - Throws: with every problem of the file.
  package static func load(
    from file: String = defaultFile,
    overrides: PathOverrides = PathOverrides()
  ) throws(InvalidSettings) -> DaemonSettings {
    try DaemonSettings(parsing: try SettingsFile.read(file), file: file, overrides: overrides)
  }

  /// - Parameter file: where the text comes from; relative paths in it count from its folder.
  package init(
    parsing text: String,
    file: String,
    overrides: PathOverrides = PathOverrides()
  ) throws(InvalidSettings) {
    let values = try TOMLNode.parse(text, file: file)
    let report = ProblemReport(file: file, text: text)
    var reader = SettingsReader(TableReader(values, report: report), file: file)

    let domains = DomainReader.read(&reader)
    let configurationsFolder = reader.path("configurations-folder")
    let stateFolder = reader.path("state-folder")
    var storePath: String?
    if var store = reader.table("store") {
      storePath = store.path("path")
      store.finish(into: &reader)
    }
    let control = ControlReader.read(&reader, override: overrides.socketPath)
    var logLevel: LogLevel?
    var logRetention: Duration?
    if var log = reader.table("log") {
      logLevel = log.choice("level", LogLevel.self)
      logRetention = log.duration("retention", atLeast: .seconds(86_400))
      log.finish(into: &reader)
    }
    reader.finish()
    try report.finish()

    self.domains = domains
    self.configurationsFolder = overrides.configurationsFolder ?? configurationsFolder ?? "/etc/adprov/configurations.d"
    self.stateFolder = overrides.stateFolder ?? stateFolder ?? "/var/lib/adprov"
    // A flag that moves the state must not leave the store of the settings file in use.
    let ownStorePath = overrides.stateFolder == nil ? storePath : nil
    self.storePath = overrides.storePath ?? ownStorePath ?? self.stateFolder + "/adprov.sqlite"
    self.control = control
    self.logLevel = logLevel ?? .info
    self.logRetention = logRetention ?? .seconds(30 * 86_400)
    references = reader.references
  }
}
