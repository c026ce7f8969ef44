import ActiveDirectory
import DirectoryTestSupport
import Engine
import Foundation
import LDAP
import Model
import TestSupport
import Testing

/// What can only be told by a server: the binds of a real domain.
@Suite(
  "Pitfalls: binds to a real domain",
  .enabled(if: LabEnvironment.isUsable, Comment(rawValue: LabEnvironment.absence)),
  .enabled(if: LabEnvironment.namesResolve || LabEnvironment.isDemanded, Comment(rawValue: LabEnvironment.namelessness))
)
struct DomainPitfalls {
  private let lab: LabEnvironment

  init() throws {
    lab = try .required()
  }

  private func domain(
    _ security: LDAPSecurity,
    port: UInt16? = nil,
    keytab: String? = nil
  ) throws -> ActiveDirectoryDomain {
    let credentials =
      if let keytab { LDAPCredentials.gssapi(keytab: keytab, principal: nil) } else { try lab.keytab() }
    let controller = try lab["LAB_DC"] + (port.map { ":\($0)" } ?? "")
    return try lab.directory(lab.options(controllers: [controller], security: security, credentials: credentials))
  }

  @Test func `pitfall 9: references of a subtree search are not chased`() async throws {
    let connection = try await LDAPConnection.open(
      LDAPConnectionOptions(
        host: lab["LAB_DC"],
        security: .ldaps,
        credentials: lab.servicePassword(),
        caFile: lab["LAB_CA_FILE"]
      )
    )
    let base = try lab["LAB_BASE_DN"]
    var found = 0
    _ = try await connection.search(
      // Samba refers to the other naming contexts at the end of such a search.
      LDAPSearch(base: base, scope: .subtree, filter: "(objectClass=container)", attributes: ["1.1"])
    ) { entries in
      found += entries.count
      for entry in entries {
        let name = String(decoding: entry.name, as: UTF8.self)
        #expect(!name.contains("CN=Configuration") && !name.contains("DC=ForestDnsZones"), "\(name)")
      }
    }
    #expect(found > 3)
    await connection.close()
  }

  @Test func `pitfall 17: a domain that demands signing is read with signing and sealing`() async throws {
    let changes = try await domain(.signAndSeal).changes(since: nil).changes
    #expect(changes.count > 100)
  }

  @Test(arguments: [LDAPSecurity.ldaps, .startTLS])
  func `pitfall 18: Kerberos within TLS has no security layer of its own`(security: LDAPSecurity) async throws {
    do {
      #expect(try await domain(security).describe().controller == lab["LAB_DC"])
    } catch DirectoryError.credentialsRefused(_, let detail) {
      // Without `ldap server require strong auth = allow_sasl_over_tls` Samba wants a layer where AD forbids one, but it
      // says so in other words when it is offered one within TLS.
      #expect(detail.contains("Sign or Seal are required"), "\(detail)")
    }
  }

  @Test func `pitfall 19: a keytab that is replaced counts from the next bind on`() async throws {
    let keytab = NSTemporaryDirectory() + "pitfall-\(UInt32.random(in: 0 ... .max)).keytab"
    defer { try? FileManager.default.removeItem(atPath: keytab) }
    let right = try Data(contentsOf: URL(filePath: lab["LAB_KEYTAB"]))
    try right.write(to: URL(filePath: keytab))
    let domain = try domain(.signAndSeal, keytab: keytab)
    let cookie = try await domain.changes(since: nil).cookie
    await domain.disconnect()
    try Data([5, 2]).write(to: URL(filePath: keytab))
    await #expect {
      try await domain.describe()
    } throws: { error in
      if case .credentialsRefused = error as? DirectoryError { true } else { false }
    }
    try right.write(to: URL(filePath: keytab))
    _ = try await domain.changes(since: cookie)
  }

  @Test func `pitfall 20: a connection that ends costs nothing but another bind`() async throws {
    let address = try lab["LAB_ADDRESS"]
    let forwarder = try LoopbackForwarder(on: address, to: address, port: 389)
    let domain = try domain(.signAndSeal, port: forwarder.port)
    try await LabFolder.with(lab) { folder in
      let first = try await domain.changes(since: nil)
      forwarder.cut()
      try folder.addUser("Late")
      let second = try await domain.changes(since: first.cookie)
      #expect(forwarder.accepted == 2)
      #expect(second.changes.contains { $0.name == "Late" })
      let root = try await domain.describe().namingContextGUID
      #expect(first.changes.contains { $0.guid == root } && !second.changes.contains { $0.guid == root })
    }
  }
}
