import LDAP
import Model
import Testing

@testable import ActiveDirectory

@Suite("What is asked of a domain controller") struct DirSyncScopeTests {
  @Test func `the filter names all that can come into scope, and no computers`() {
    #expect(
      DirSyncScope.filter
        == "(&(|(objectClass=user)(objectClass=group)(objectClass=contact)(objectClass=organizationalUnit)"
        + "(objectClass=container)(objectClass=builtinDomain)(objectClass=domainDNS)(objectClass=lostAndFound)"
        + "(objectClass=foreignSecurityPrincipal))(!(objectClass=computer)))"
    )
  }

  @Test func `the attributes are the fixed ones and the kept ones, each once`() {
    let attributes = DirSyncScope.attributes(keeping: ["mail", "NAME"])
    #expect(
      attributes == [
        "isdeleted", "isrecycled", "lastknownparent", "mail", "member", "name", "objectclass", "objectsid",
        "primarygroupid",
      ]
    )
  }

  @Test(
    arguments: [
      ("dc1.example.com", "dc1.example.com", nil), ("dc1:3890", "dc1", 3890), ("192.0.2.1:636", "192.0.2.1", 636),
      ("2001:db8::1", "2001:db8::1", nil), ("[2001:db8::1]", "2001:db8::1", nil),
      ("[2001:db8::1]:636", "2001:db8::1", 636),
    ] as [(String, String, UInt16?)]
  )
  func `a controller is a host with or without a port`(text: String, host: String, port: UInt16?) {
    #expect(DomainController(text) == DomainController(host: host, port: port))
  }

  @Test(arguments: [
    "[a:1]",
    "", ":636", "dc1:", "dc1:0", "dc1:65536", "dc1:x", "ldap://dc1", "dc 1", "[::1", "[::1]x", "dc1/x", "[]",
  ])
  func `anything else is no controller`(text: String) {
    #expect(DomainController(text) == nil)
  }

  @Test func `a root entry is that of a domain controller or none`() throws {
    let complete = [
      ("defaultNamingContext", "DC=example,DC=com"), ("dnsHostName", "dc1.example.com"),
      ("dsServiceName", "CN=NTDS Settings"),
      ("highestCommittedUSN", "4711"), ("isSynchronized", "TRUE"), ("supportedCapabilities", "1.2.840.113556.1.4.800"),
    ]
    let root = try #require(RootEntry(entry(complete)))
    #expect(root.highestCommittedUSN == 4711)
    #expect(root.isSynchronized)
    #expect(!root.isReadOnly)
    for missing in 0..<4 {
      var rest = complete
      rest.remove(at: missing)
      #expect(RootEntry(entry(rest)) == nil)
    }
    #expect(RootEntry(entry(complete + [("supportedCapabilities", "")]))?.isReadOnly == false)
    #expect(
      RootEntry(entry(Array(complete.dropLast()) + [("supportedCapabilities", "1.2.840.113556.1.4.1920")]))?.isReadOnly
        == true
    )
    #expect(RootEntry(entry(Array(complete.prefix(4))))?.isSynchronized == false)
  }

  private func entry(_ attributes: [(String, String)]) -> LDAPEntry {
    LDAPEntry(name: [], attributes: attributes.map { LDAPAttribute($0.0, [Array($0.1.utf8)]) })
  }
}
