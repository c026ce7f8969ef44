package import LDAP
package import Model

/// What a domain controller of DC=example,DC=com says of itself; it knows no objects.
package struct ScriptedController: Sendable {
  package static let domain = guid(0xD0)

  package var name: String
  package var invocationID: GUID
  package var highestUSN: Int64
  package var isReadOnly: Bool
  package var isSynchronized: Bool
  package var controls: [String]
  /// Attributes of the naming context's head.
  package var head: [(String, [[UInt8]])]
  /// Attributes of the forest's directory service object.
  package var service: [(String, [[UInt8]])]
  /// The answer to an LDAP ping; nil for none.
  package var netlogon: [UInt8]?
  /// What the schema calls confidential.
  package var confidential: [String]
  package var cookie: [UInt8]

  package init(
    name: String = "dc1.example.com",
    invocationID: GUID = guid(0xA1),
    highestUSN: Int64 = 1000,
    isReadOnly: Bool = false,
    isSynchronized: Bool = true,
    controls: [String] = [],
    head: [(String, [[UInt8]])] = [],
    service: [(String, [[UInt8]])] = [],
    netlogon: [UInt8]? = nil,
    confidential: [String] = [],
    cookie: [UInt8] = [1]
  ) {
    self.name = name
    self.invocationID = invocationID
    self.highestUSN = highestUSN
    self.isReadOnly = isReadOnly
    self.isSynchronized = isSynchronized
    self.controls = controls
    self.head = head
    self.service = service
    self.netlogon = netlogon
    self.confidential = confidential
    self.cookie = cookie
  }

  package func answer(_ search: LDAPSearch) throws -> ScriptedClient.Answer {
    switch search.base {
    case "" where search.attributes == ["netlogon"]:
      return .init(entries: netlogon.map { [entry([("netlogon", [$0])])] } ?? [])
    case "": return .init(entries: [root])
    case "CN=NTDS Settings": return .init(entries: [entry([("invocationId", [invocationID.bytes])])])
    case "DC=example,DC=com" where search.scope == .base:
      let sid: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]
      return .init(entries: [entry([("objectGUID", [Self.domain.bytes]), ("objectSid", [sid])] + head)])
    case "DC=example,DC=com":
      return .init(controls: [dirSyncAnswer(cookie), pagedAnswer([])])
    case let base where base.hasPrefix("CN=Directory Service"): return .init(entries: [entry(service)])
    case "CN=Schema":
      let asked = confidential.filter { search.filter.contains("(lDAPDisplayName=\($0.lowercased()))") }
      return .init(entries: asked.map { entry([("lDAPDisplayName", text($0))]) })
    default: throw LDAPError(.search, .noSuchObject, search.base)
    }
  }

  private var root: LDAPEntry {
    entry([
      ("defaultNamingContext", text("DC=example,DC=com")), ("dnsHostName", text(name)),
      ("dsServiceName", text("CN=NTDS Settings")), ("highestCommittedUSN", text("\(highestUSN)")),
      ("isSynchronized", text(isSynchronized ? "TRUE" : "FALSE")),
      ("supportedCapabilities", text(isReadOnly ? "1.2.840.113556.1.4.1920" : "1.2.840.113556.1.4.800")),
      ("supportedControl", controls.map { Array($0.utf8) }),
      ("configurationNamingContext", text("CN=Configuration")), ("schemaNamingContext", text("CN=Schema")),
    ])
  }
}
