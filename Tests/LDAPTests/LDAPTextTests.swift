import LDAP
import Testing

@Suite("Text of strangers") struct LDAPTextTests {
  @Test(
    arguments: [
      ("plain text", Array("plain text".utf8), "plain text"),
      ("zero byte at the end", Array("AcceptSecurityContext error\0".utf8), "AcceptSecurityContext error"),
      ("line feed and escape", Array("a\nb\u{1B}[31m".utf8), "a b [31m"),
      ("text running backwards", Array("a\u{202E}b".utf8), "a b"),
      ("no UTF-8", [0x61, 0xFF, 0x62], "a\u{FFFD}b"),
      ("nothing but spaces", Array("  \t".utf8), ""),
    ] as [(String, [UInt8], String)]
  )
  func `is fit for one line of a log:`(what: String, bytes: [UInt8], expected: String) {
    #expect(String(printable: bytes) == expected, "\(what)")
  }

  @Test func `is bounded`() {
    #expect(String(printable: [UInt8](repeating: 0x61, count: 1_000_000)).count == 500)
  }

  @Test func `keeps the code and the server's words in an error`() {
    let error = LDAPError(.search, .insufficientAccessRights, "00002098: SecErr")
    #expect("\(error)" == "LDAP search failed: Insufficient access (50): 00002098: SecErr")
    #expect("\(LDAPError(.connect, .serverDown, "Connection refused"))" == "LDAP connect failed: Connection refused")
    #expect("\(LDAPError(.tls, .serverDown, ""))" == "LDAP TLS failed: Can't contact LDAP server")
  }

  @Test func `an entry finds attributes in any case, and tells an empty one from none`() {
    let entry = LDAPEntry(
      name: [],
      attributes: [LDAPAttribute("sAMAccountName", [Array("ada".utf8)]), LDAPAttribute("title", [])]
    )
    #expect(entry.text("samaccountname") == "ada")
    #expect(entry["TITLE"] == [])
    #expect(entry["mail"] == nil)
  }
}
