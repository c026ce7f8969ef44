package import LDAP

/// What goes wrong at a simulated domain controller. Each strikes once and is off then, except for `repeats`.
package struct ControllerFaults: Sendable {
  /// The connection is lost after so many more entries of DirSync.
  package var breakAfter: Int?
  /// The time limit passes after so many more entries of DirSync (MaxDirSyncDuration, MS-ADTS 3.1.1.3.4.6).
  package var timeLimitAfter: Int?
  /// The next cookie that is sent is refused so: protocolError in MS-DRSR 5.115.11, other codes in the field.
  package var cookieRefusal: LDAPResultCode?
  /// So many of the next answers of DirSync hold no entries although more is to come (MS-DRSR 4.1.10.5.7).
  package var emptyPages = 0
  /// Each object and link comes twice in an answer, in another state first (MS-DRSR 4.1.10.5.7).
  package var repeats = false

  package init() {}
}
