package import FoundationEssentials

/// Answer of `GET /v1/status`.
package struct StatusReport: Codable, Hashable, Sendable {
  package struct Domain: Codable, Hashable, Sendable {
    /// DNS name.
    package let name: String
    /// The domain controller in use; nil when none is.
    package let controller: String?
    /// How many live objects the connector space holds.
    package let objects: Int?
    /// When the directory was last read to its end.
    package let lastImport: Date?
    /// Why the domain cannot be read now.
    package let error: String?

    package init(
      name: String,
      controller: String? = nil,
      objects: Int? = nil,
      lastImport: Date? = nil,
      error: String? = nil
    ) {
      self.name = name
      self.controller = controller
      self.objects = objects
      self.lastImport = lastImport
      self.error = error
    }
  }

  package let version: String
  /// When the daemon started.
  package let started: Date
  package let domains: [Domain]
  package let configurations: [ConfigurationStatus]
  /// What is wrong with files that are therefore not in force as they stand.
  package let problems: [CheckReport.Finding]

  package init(
    version: String = AgentVersion.current,
    started: Date,
    domains: [Domain],
    configurations: [ConfigurationStatus],
    problems: [CheckReport.Finding] = []
  ) {
    self.version = version
    self.started = started
    self.domains = domains
    self.configurations = configurations
    self.problems = problems
  }
}
