/// A configuration to be made, as JSON for those who would rather not write TOML; `toml` is the file it becomes.
package struct NewConfiguration: Codable, Hashable, Sendable {
  package struct Scope: Codable, Hashable, Sendable {
    package enum Mode: String, Codable, Sendable {
      case all
      case groups
      case organizationalUnits = "organizational-units"
    }

    package let mode: Mode
    /// DNs.
    package let include: [String]?
    package let exclude: [String]?
    package let nestedGroups: Bool?

    package init(mode: Mode, include: [String]? = nil, exclude: [String]? = nil, nestedGroups: Bool? = nil) {
      self.mode = mode
      self.include = include
      self.exclude = exclude
      self.nestedGroups = nestedGroups
    }
  }

  package struct Sink: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable {
      case scim
      case file
    }

    package let kind: Kind
    /// scim: base URL.
    package let endpoint: String?
    /// scim: a file that holds the bearer token.
    package let tokenFile: String?
    /// scim: the systemd credential that holds the bearer token.
    package let tokenCredential: String?
    /// file: where the operations are written.
    package let path: String?

    package init(
      kind: Kind,
      endpoint: String? = nil,
      tokenFile: String? = nil,
      tokenCredential: String? = nil,
      path: String? = nil
    ) {
      self.kind = kind
      self.endpoint = endpoint
      self.tokenFile = tokenFile
      self.tokenCredential = tokenCredential
      self.path = path
    }
  }

  package let domain: String
  /// Nil stands for false: what was just made is looked at before it runs.
  package let enabled: Bool?
  package let notificationEmails: [String]?
  /// As in the file: `2m`.
  package let interval: String?
  package let scope: Scope
  package let objectClasses: [String]?
  package let sink: Sink

  package init(
    domain: String,
    enabled: Bool? = nil,
    notificationEmails: [String]? = nil,
    interval: String? = nil,
    scope: Scope,
    objectClasses: [String]? = nil,
    sink: Sink
  ) {
    self.domain = domain
    self.enabled = enabled
    self.notificationEmails = notificationEmails
    self.interval = interval
    self.scope = scope
    self.objectClasses = objectClasses
    self.sink = sink
  }
}
