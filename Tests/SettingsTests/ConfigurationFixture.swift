@testable import Settings

/// Configurations made of a valid text and a change to it.
enum ConfigurationFixture {
  static let domains = ["corp.example.com", "lab.example.com"]

  static let text = #"""
    domain = "corp.example.com"
    enabled = true
    notification-emails = ["iam-ops@example.com"]
    interval = "5m"

    [scope]
    mode = "groups"
    include = ["CN=Cloud Users,OU=Groups,DC=corp,DC=example,DC=com"]
    exclude = ["OU=Service Accounts,DC=corp,DC=example,DC=com"]
    nested-groups = false
    object-classes = ["user", "group"]

    [sink]
    kind = "scim"
    endpoint = "https://scim.example.com/v2/"
    token = { credential = "scim-token" }
    ca-file = "ca.pem"
    max-in-flight = 4
    on-leave-scope = "disable"
    delete-after = "30d"
    nested-groups = true

    [[mapping.user]]
    source = "extensionAttribute1"
    target = "nickName"

    """#

  static func parse(_ text: String) throws(InvalidSettings) -> ConfigurationSettings {
    try ConfigurationSettings(parsing: text, name: "one", file: "/etc/adprov/one.toml", domains: domains)
  }

  /// The problems of a text, as a person reads them; empty when it is valid.
  static func problems(_ text: String) -> [String] {
    do throws(InvalidSettings) {
      _ = try parse(text)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}
