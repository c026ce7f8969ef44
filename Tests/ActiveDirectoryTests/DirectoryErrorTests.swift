import Engine
import LDAP
import Testing

@testable import ActiveDirectory

@Suite("Errors of a domain controller") struct DirectoryErrorTests {
  private static let dc1 = DomainController(host: "dc1.example.com")
  private static let dc2 = DomainController(host: "dc2.example.com")

  @Test(arguments: [
    ("525", "does not exist"), ("52e", "password is wrong"), ("530", "at this time"), ("531", "from this host"),
    ("532", "password has expired"), ("533", "is disabled"), ("701", "account has expired"), ("773", "must be changed"),
    ("775", "locked out"),
  ])
  func `a refused password is explained by the code in AD's text`(code: String, words: String) {
    let text = "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data \(code), v3839"
    let error = DirectoryError(LDAPError(.bind, .invalidCredentials, text), controller: Self.dc1, identity: "svc")
    guard case .credentialsRefused("svc", let detail) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(detail.contains(words))
    #expect(detail.contains(code))
    #expect(detail.contains("dc1.example.com"))
  }

  @Test(arguments: ["", "data ", "data xyz", "data 52", "data 99999999999", "no data here"])
  func `a text without a known code is left as it is`(text: String) {
    #expect(BindRefusal(text) == nil)
  }

  @Test(arguments: [
    (LDAPError(.connect, .serverDown, "Connection refused"), "unreachable"),
    (LDAPError(.tls, .connectError, "TLS: hostname does not match"), "untrusted"),
    (LDAPError(.tls, .timeout, "no answer within 5 s"), "unreachable"),
    (LDAPError(.tls, .parameterError, "cannot read the CA file"), "unusableSettings"),
    (LDAPError(.bind, .parameterError, "file x does not exist"), "unusableSettings"),
    (LDAPError(.bind, .localError, "Preauthentication failed"), "credentialsRefused"),
    (LDAPError(.bind, .localError, "Cannot contact any KDC for realm 'X'"), "unreachable"),
    (LDAPError(.bind, .localError, "Server not found in Kerberos database"), "unreachable"),
    (LDAPError(.bind, .timeout, "no answer"), "unreachable"),
    (LDAPError(.search, .serverDown, "lost"), "incomplete"),
    (LDAPError(.search, .timeLimitExceeded, ""), "incomplete"),
    (LDAPError(.search, .sizeLimitExceeded, ""), "incomplete"),
    (LDAPError(.search, .adminLimitExceeded, ""), "incomplete"),
    (LDAPError(.search, .busy, ""), "incomplete"),
    (LDAPError(.search, .unavailable, ""), "incomplete"),
    (LDAPError(.search, .insufficientAccessRights, ""), "rightsMissing"),
    (LDAPError(.search, .operationsError, ""), "unexpected"),
    (LDAPError(.search, .decodingError, ""), "unexpected"),
  ])
  func `each failure has its meaning`(error: LDAPError, meaning: String) {
    #expect(name(DirectoryError(error, controller: Self.dc1, identity: "svc")) == meaning)
  }

  @Test(arguments: [
    (LDAPResultCode.protocolError, true, "cookieRejected"),
    (.unavailableCriticalExtension, true, "cookieRejected"),
    (.unwillingToPerform, true, "cookieRejected"),
    (.protocolError, false, "unexpected"),
    (.unavailableCriticalExtension, false, "unexpected"),
    (.unwillingToPerform, false, "unexpected"),
    (.insufficientAccessRights, true, "rightsMissing"),
    (.timeLimitExceeded, true, "incomplete"),
    (.serverDown, true, "incomplete"),
  ])
  func `only a cookie that was sent can be rejected`(code: LDAPResultCode, sentCookie: Bool, meaning: String) {
    let error = DirectoryError(
      dirSync: LDAPError(.search, code, ""),
      base: "DC=example,DC=com",
      controller: Self.dc1,
      identity: "svc",
      sentCookie: sentCookie
    )
    #expect(name(error) == meaning)
  }

  @Test func `the error of all controllers names each`() {
    let refused = DirectoryError.unreachable(controller: "dc1.example.com", detail: "Connection refused")
    let untrusted = DirectoryError.untrusted(controller: "dc2.example.com", detail: "self-signed")
    #expect(
      DirectoryError(all: [refused, untrusted], of: [Self.dc1, Self.dc2])
        == .unreachable(
          controller: "dc1.example.com, dc2.example.com",
          detail: "dc1.example.com: Connection refused; dc2.example.com: self-signed"
        )
    )
    #expect(DirectoryError(all: [untrusted], of: [Self.dc2]) == untrusted)
    #expect(name(DirectoryError(all: [untrusted, untrusted], of: [Self.dc1, Self.dc2])) == "untrusted")
    #expect(name(DirectoryError(all: [], of: [])) == "unreachable")
  }

  private func name(_ error: DirectoryError) -> String {
    switch error {
    case .unreachable: "unreachable"
    case .untrusted: "untrusted"
    case .credentialsRefused: "credentialsRefused"
    case .unusableSettings: "unusableSettings"
    case .rightsMissing: "rightsMissing"
    case .cookieRejected: "cookieRejected"
    case .incomplete: "incomplete"
    case .behind: "behind"
    case .unexpected: "unexpected"
    }
  }
}
