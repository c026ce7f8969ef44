/// Answer of `GET /v1/configurations/{name}`: what the file says, what it was resolved to, how it fares.
package struct ConfigurationDetail: Codable, Hashable, Sendable {
  /// A DN of the scope and the object it stands for, whatever that object is called now.
  package struct ScopeRoot: Codable, Hashable, Sendable {
    package let dn: String
    package let guid: String
    /// `group`, `organizational-unit`, …
    package let objectClass: String
    package let excluded: Bool

    package init(dn: String, guid: String, objectClass: String, excluded: Bool) {
      self.dn = dn
      self.guid = guid
      self.objectClass = objectClass
      self.excluded = excluded
    }
  }

  package let name: String
  package let domain: String
  package let enabled: Bool
  package let path: String
  /// The file as it is, TOML. Secrets are not in it: it only says where they are.
  package let text: String
  /// Empty until the scope was first resolved, and for scope `all` without exclusions.
  package let scopeRoots: [ScopeRoot]
  package let status: ConfigurationStatus

  package init(
    name: String,
    domain: String,
    enabled: Bool,
    path: String,
    text: String,
    scopeRoots: [ScopeRoot],
    status: ConfigurationStatus
  ) {
    self.name = name
    self.domain = domain
    self.enabled = enabled
    self.path = path
    self.text = text
    self.scopeRoots = scopeRoots
    self.status = status
  }
}
