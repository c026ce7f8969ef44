import ADSimulator
import LDAP
import Model

/// What a domain controller says of itself at the root of its tree (MS-ADTS 3.1.1.3.2).
struct RootAttributes {
  let host: String
  let invocationID: GUID
  let highestUSN: Int64
  private let options: ControllerOptions

  static let domain = "corp.example.test"
  static let configuration = "CN=Configuration,\(ReplicaView.base)"
  static let schema = "CN=Schema,\(configuration)"

  init(host: String, invocationID: GUID, highestUSN: Int64, _ options: ControllerOptions) {
    self.host = host
    self.invocationID = invocationID
    self.highestUSN = highestUSN
    self.options = options
  }

  /// DN of the nTDSDSA object.
  var serviceName: String {
    let server = host.prefix { $0 != "." }.uppercased()
    return "CN=NTDS Settings,CN=\(server),CN=Servers,CN=\(options.site),CN=Sites,\(Self.configuration)"
  }

  var attributes: [(String, [[UInt8]])] {
    [
      ("defaultNamingContext", [ReplicaView.base]), ("rootDomainNamingContext", [ReplicaView.base]),
      ("namingContexts", [ReplicaView.base, Self.configuration, Self.schema]),
      ("configurationNamingContext", [Self.configuration]), ("schemaNamingContext", [Self.schema]),
      ("dnsHostName", [host]), ("dsServiceName", [serviceName]), ("highestCommittedUSN", ["\(highestUSN)"]),
      ("isSynchronized", [options.isSynchronized ? "TRUE" : "FALSE"]), ("supportedControl", controls),
      ("supportedCapabilities", capabilities),
    ].map { ($0.0, $0.1.map { Array($0.utf8) }) }
  }

  private var controls: [String] {
    RequestControls.supported.filter { $0 != LDAPControl.linkTTL.identifier || options.supportsLinkTTL }
  }

  /// LDAP_CAP_ACTIVE_DIRECTORY_OID, _V51_, _V60_, and _PARTIAL_SECRETS_ of read-only ones (MS-ADTS 3.1.1.3.4.3).
  private var capabilities: [String] {
    ["800", "1670", "1935"].map { "1.2.840.113556.1.4.\($0)" }
      + (options.isReadOnly ? ["1.2.840.113556.1.4.1920"] : [])
  }
}
