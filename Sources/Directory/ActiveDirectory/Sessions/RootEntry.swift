import LDAP

/// The attributes of the root of the server's tree, which belong to the server itself (MS-ADTS 3.1.1.3.2).
struct RootEntry {
  let defaultNamingContext: String
  let dnsHostName: String
  /// DN of the NTDS settings object of the domain controller.
  let dsServiceName: String
  /// Not negative, and there is a next one.
  let highestCommittedUSN: Int64
  let isSynchronized: Bool
  let isReadOnly: Bool
  let configurationNamingContext: String?
  let schemaNamingContext: String?
  /// Object identifiers; empty when it does not say.
  let supportedControls: Set<String>

  func supports(_ control: String) -> Bool { supportedControls.contains(control) }

  static func read(from connection: any LDAPClient) async throws -> RootEntry {
    let entry = try await connection.entry(
      LDAPSearch(
        base: "",
        attributes: [
          "defaultNamingContext", "dnsHostName", "dsServiceName", "highestCommittedUSN", "isSynchronized",
          "supportedCapabilities", "supportedControl", "configurationNamingContext", "schemaNamingContext",
        ]
      )
    )
    guard let entry, let root = RootEntry(entry) else {
      throw LDAPError(.search, .decodingError, "its root entry lacks the attributes of a domain controller")
    }
    return root
  }

  init?(_ entry: LDAPEntry) {
    guard let namingContext = entry.text("defaultNamingContext"), let host = entry.text("dnsHostName"),
      let service = entry.text("dsServiceName"),
      let highest = entry.text("highestCommittedUSN").flatMap({ Int64($0) }), (0..<Int64.max).contains(highest)
    else { return nil }
    defaultNamingContext = namingContext
    dnsHostName = String(printable: host.utf8)
    dsServiceName = service
    highestCommittedUSN = highest
    isSynchronized = entry.text("isSynchronized") == "TRUE"
    configurationNamingContext = entry.text("configurationNamingContext")
    schemaNamingContext = entry.text("schemaNamingContext")
    supportedControls = Set((entry["supportedControl"] ?? []).map { String(decoding: $0, as: UTF8.self) })
    isReadOnly = (entry["supportedCapabilities"] ?? []).contains(Array(Self.partialSecrets.utf8))
  }

  /// LDAP_CAP_ACTIVE_DIRECTORY_PARTIAL_SECRETS_OID (MS-ADTS 3.1.1.3.4.3).
  private static let partialSecrets = "1.2.840.113556.1.4.1920"
}
