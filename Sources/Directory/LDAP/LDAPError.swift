import CLDAP
import Glibc

/// What went wrong between here and a server, in the words of whoever noticed.
package struct LDAPError: Error, Hashable, Sendable {
  package enum Phase: String, Sendable {
    case connect
    case tls = "TLS"
    case bind
    case search
  }

  package let phase: Phase
  package let code: LDAPResultCode
  /// The reason as the server or the library gives it: printable, bounded, without secrets.
  package let reason: String

  package init(_ phase: Phase, _ code: LDAPResultCode, _ reason: String) {
    self.phase = phase
    self.code = code
    self.reason = reason
  }
}

extension LDAPError: CustomStringConvertible {
  package var description: String { "LDAP \(phase.rawValue) failed: \(detail)" }

  /// The reason, with the meaning of the code where it is the server's.
  package var detail: String {
    if code.rawValue < 0 { return reason.isEmpty ? code.meaning : reason }
    return reason.isEmpty ? "\(code.meaning) (\(code.rawValue))" : "\(code.meaning) (\(code.rawValue)): \(reason)"
  }
}

/// A result code of LDAP (RFC 4511 section 4.1.9), or a negative one of libldap's own.
package struct LDAPResultCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let operationsError = LDAPResultCode(rawValue: 1)
  package static let protocolError = LDAPResultCode(rawValue: 2)
  package static let timeLimitExceeded = LDAPResultCode(rawValue: 3)
  package static let sizeLimitExceeded = LDAPResultCode(rawValue: 4)
  package static let referral = LDAPResultCode(rawValue: 10)
  package static let adminLimitExceeded = LDAPResultCode(rawValue: 11)
  package static let unavailableCriticalExtension = LDAPResultCode(rawValue: 12)
  package static let noSuchObject = LDAPResultCode(rawValue: 32)
  package static let invalidDNSyntax = LDAPResultCode(rawValue: 34)
  package static let invalidCredentials = LDAPResultCode(rawValue: 49)
  package static let insufficientAccessRights = LDAPResultCode(rawValue: 50)
  package static let busy = LDAPResultCode(rawValue: 51)
  package static let unavailable = LDAPResultCode(rawValue: 52)
  package static let unwillingToPerform = LDAPResultCode(rawValue: 53)

  package static let serverDown = LDAPResultCode(rawValue: LDAP_SERVER_DOWN)
  package static let localError = LDAPResultCode(rawValue: LDAP_LOCAL_ERROR)
  package static let decodingError = LDAPResultCode(rawValue: LDAP_DECODING_ERROR)
  package static let timeout = LDAPResultCode(rawValue: LDAP_TIMEOUT)
  package static let parameterError = LDAPResultCode(rawValue: LDAP_PARAM_ERROR)
  package static let connectError = LDAPResultCode(rawValue: LDAP_CONNECT_ERROR)

  /// In the words of libldap.
  package var meaning: String {
    guard let text = unsafe ldap_err2string(rawValue) else { return "result" }
    return unsafe String(cString: text)
  }

  /// The connection is of no more use.
  package var endsConnection: Bool {
    [.serverDown, .timeout, .connectError, .decodingError, .localError].contains(self)
  }
}

/// What the system says about an `errno`.
func systemReason(_ number: Int32) -> String {
  guard let text = unsafe strerror(number) else { return "error \(number)" }
  return unsafe String(cString: text)
}
