import Engine
import LDAP

extension DirectoryError {
  /// What a failure outside of DirSync means.
  init(_ error: LDAPError, controller: DomainController, identity: String) {
    switch error.phase {
    case .connect where error.code == .parameterError, .tls where error.code == .parameterError,
      .bind where error.code == .parameterError:
      self = .unusableSettings(detail: error.detail)
    case .connect: self = .unreachable(controller: "\(controller)", detail: error.detail)
    // A server that says nothing is not one that cannot be trusted.
    case .tls where error.code == .timeout: self = .unreachable(controller: "\(controller)", detail: error.detail)
    case .tls: self = .untrusted(controller: "\(controller)", detail: error.detail)
    case .bind: self = .refusedBind(error, controller: controller, identity: identity)
    case .search where error.code.isRefusal:
      self = .rightsMissing(what: "read the domain on \(controller)", detail: error.detail)
    case .search where error.code.isPassing:
      self = .incomplete(detail: "\(controller): \(error.detail)")
    case .search: self = .unexpected(detail: "\(controller): \(error.detail)")
    }
  }

  /// What a failure of a DirSync search means.
  init(
    dirSync error: LDAPError,
    base: String,
    controller: DomainController,
    identity: String,
    sentCookie: Bool
  ) {
    if error.windowsError == Self.sourceDisabled {
      self = .unexpected(
        detail:
          "\(controller) gives no changes: it is read-only, or its outbound replication is switched off. Use another"
          + " domain controller, or switch it on again (repadmin /options)"
      )
    } else if sentCookie, error.code.mayMeanBadCookie {
      self = .cookieRejected(detail: "\(controller): \(error.detail)")
    } else if error.code == .timeLimitExceeded {
      self = .incomplete(
        detail:
          "\(controller) gave up after the time that it may spend on DirSync (MaxDirSyncDuration, 60 seconds), and may do so"
          + " again. Map fewer attributes, use a domain controller with less to do, or raise the limit in its query policy"
      )
    } else if error.code.isRefusal {
      self = .rightsMissing(what: "read changes of \(base) on \(controller)", detail: error.detail)
    } else {
      self.init(error, controller: controller, identity: identity)
    }
  }

  /// ERROR_DS_DRA_SOURCE_DISABLED (MS-DRSR 4.1.10.5.2, MS-ERREF 2.2).
  private static let sourceDisabled: UInt32 = 0x2108

  private static func refusedBind(
    _ error: LDAPError,
    controller: DomainController,
    identity: String
  ) -> DirectoryError {
    // Kerberos has no code to tell "no KDC" from "no such key" here; the account is not to blame for the former.
    let isPlace = ["Cannot contact any KDC", "Cannot find KDC", "Server not found in Kerberos database"]
      .contains { error.reason.contains($0) }
    if isPlace || error.code.isLostConnection {
      return .unreachable(controller: "\(controller)", detail: error.detail)
    }
    if let meaning = BindRefusal(error.reason)?.meaning {
      return .credentialsRefused(identity: identity, detail: "\(meaning) (\(error.detail), at \(controller))")
    }
    return .credentialsRefused(identity: identity, detail: "\(error.detail), at \(controller)")
  }
}

extension LDAPError {
  /// The code with which the text of a domain controller begins, as in `0000203D: LdapErr: DSID-…`.
  fileprivate var windowsError: UInt32? {
    let parts = reason.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].utf8.count == 8 else { return nil }
    return UInt32(parts[0], radix: 16)
  }
}

/// Why AD refused a password: the Windows error that it hides in its text as `data 52e` (MS-ERREF 2.2).
enum BindRefusal: UInt32 {
  case noSuchUser = 0x525
  case wrongPassword = 0x52e
  case notAtThisTime = 0x530
  case notFromThisHost = 0x531
  case passwordExpired = 0x532
  case disabled = 0x533
  case accountExpired = 0x701
  case mustChangePassword = 0x773
  case lockedOut = 0x775

  init?(_ text: String) {
    guard let range = text.firstRange(of: "data ") else { return nil }
    let digits = text[range.upperBound...].prefix { $0.isASCII && $0.isHexDigit }
    guard let code = UInt32(digits, radix: 16) else { return nil }
    self.init(rawValue: code)
  }

  var meaning: String {
    switch self {
    case .noSuchUser, .wrongPassword: "the password is wrong or the account does not exist"
    case .notAtThisTime: "the account may not log on at this time"
    case .notFromThisHost: "the account may not log on from this host"
    case .passwordExpired: "the password has expired"
    case .disabled: "the account is disabled"
    case .accountExpired: "the account has expired"
    case .mustChangePassword: "the password must be changed first"
    case .lockedOut: "the account is locked out"
    }
  }
}

extension LDAPResultCode {
  /// The specification, Windows and Samba each have another code for a cookie that they do not like (MS-DRSR 5.115.11).
  var mayMeanBadCookie: Bool {
    [.protocolError, .unavailableCriticalExtension, .unwillingToPerform].contains(self)
  }

  var isRefusal: Bool { self == .insufficientAccessRights }

  var isLostConnection: Bool { [.serverDown, .timeout, .connectError].contains(self) }

  /// Another try may well succeed.
  var isPassing: Bool {
    isLostConnection
      || [.timeLimitExceeded, .sizeLimitExceeded, .adminLimitExceeded, .busy, .unavailable].contains(self)
  }
}
