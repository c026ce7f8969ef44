import Testing

@testable import LDAP

@Suite struct LDAPConnectionOptionsTests {
  @Test(
    arguments: [
      ("dc1.example.com", nil, LDAPSecurity.ldaps, "ldap://dc1.example.com:636"),
      ("dc1.example.com", nil, .startTLS, "ldap://dc1.example.com:389"),
      ("dc1.example.com", nil, .signAndSeal, "ldap://dc1.example.com:389"),
      ("192.0.2.1", 3890, .ldaps, "ldap://192.0.2.1:3890"),
      ("2001:db8::1", nil, .ldaps, "ldap://[2001:db8::1]:636"),
    ] as [(String, UInt16?, LDAPSecurity, String)]
  )
  func `the port follows from the way of protection`(
    host: String,
    port: UInt16?,
    security: LDAPSecurity,
    url: String
  ) throws {
    #expect(try options(host, port, security).url() == url)
  }

  @Test(arguments: ["", "a b", "dc1/x", "dc1?x", "[::1]", "dc1\u{0}", "dc1 ldap://other", "user@dc1", "dc%31"])
  func `what is no host never becomes a URL`(host: String) {
    #expect(throws: LDAPError.self) { try options(host, nil, .ldaps).url() }
  }

  @Test func `credentials describe themselves without the password`() {
    let credentials = LDAPCredentials.simple(identity: "svc@example.com", password: { Array("secret".utf8) })
    #expect("\(credentials)" == "svc@example.com")
  }

  private func options(_ host: String, _ port: UInt16?, _ security: LDAPSecurity) -> LDAPConnectionOptions {
    LDAPConnectionOptions(host: host, port: port, security: security, credentials: .gssapi(keytab: "k", principal: nil))
  }
}
