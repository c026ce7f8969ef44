package import FoundationEssentials

/// Answer of `GET /v1/status`.
package struct StatusReport: Codable, Hashable, Sendable {
  package struct Domain: Codable, Hashable, Sendable {
    /// DNS name.
    package let name: String
    /// The domain controller in use; nil when none was read yet.
    package let controller: String?
    /// How changes are read: `object-security`, `replication` or `usn-changed`; nil when none were read yet.
    package let method: String?
    /// How many live objects the connector space holds.
    package let objects: Int?
    /// When the directory was last read to its end.
    package let lastImport: Date?
    /// When the last full read ended.
    package let lastFullRead: Date?
    /// A full read is under way.
    package let readingInFull: Bool
    /// Why the directory is going to be read in full; nil when reading changes is enough.
    package let fullReadReason: String?
    package let fullReadDue: Date?
    /// Why objects that must be read one by one are not read yet.
    package let waitsFor: String?
    /// Why the domain cannot be read now.
    package let error: String?

    package init(
      name: String,
      controller: String? = nil,
      method: String? = nil,
      objects: Int? = nil,
      lastImport: Date? = nil,
      lastFullRead: Date? = nil,
      readingInFull: Bool = false,
      fullReadReason: String? = nil,
      fullReadDue: Date? = nil,
      waitsFor: String? = nil,
      error: String? = nil
    ) {
      self.name = name
      self.controller = controller
      self.method = method
      self.objects = objects
      self.lastImport = lastImport
      self.lastFullRead = lastFullRead
      self.readingInFull = readingInFull
      self.fullReadReason = fullReadReason
      self.fullReadDue = fullReadDue
      self.waitsFor = waitsFor
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
