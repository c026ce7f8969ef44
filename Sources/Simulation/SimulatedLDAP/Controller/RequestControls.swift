import LDAP

/// The controls of a search that a domain controller knows.
struct RequestControls: Sendable {
  var dirSync: DirSyncControl?
  var page: PageControl?
  var extendedDN = false
  var showDeleted = false
  var showRecycled = false
  var linkTTL = false

  static let supported = [
    DirSyncRequest.identifier, PagedResults.identifier, LDAPControl.extendedDN.identifier,
    LDAPControl.showDeleted.identifier, LDAPControl.showRecycled.identifier, LDAPControl.domainScope.identifier,
    LDAPControl.linkTTL.identifier,
  ]

  /// - Throws: `LDAPError` for a critical control that is not known (RFC 4511 section 4.1.11), or one that is malformed.
  init(_ controls: [LDAPControl]) throws(LDAPError) {
    for control in controls {
      switch control.identifier {
      case DirSyncRequest.identifier: dirSync = try DirSyncControl(control.value ?? [])
      case PagedResults.identifier: page = try PageControl(control.value ?? [])
      case LDAPControl.extendedDN.identifier: extendedDN = true
      case LDAPControl.showDeleted.identifier: showDeleted = true
      case LDAPControl.showRecycled.identifier: showRecycled = true
      case LDAPControl.linkTTL.identifier: linkTTL = true
      case LDAPControl.domainScope.identifier: break
      default:
        if control.isCritical { throw .controlRefused(.unavailableCriticalExtension) }
      }
    }
  }
}

extension LDAPError {
  /// In the words of Windows; what differs is the result code.
  static func controlRefused(_ code: LDAPResultCode) -> LDAPError {
    LDAPError(.search, code, "00000057: LdapErr: DSID-0C090A85, comment: Error processing control, data 0, v4563")
  }
}
