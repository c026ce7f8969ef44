import LDAP

/// The request control of DirSync (MS-ADTS 3.1.1.3.4.1.3) as a server reads it.
struct DirSyncControl: Sendable {
  let flags: DirSyncRequest.Flags
  let cookie: [UInt8]

  /// - Throws: `LDAPError`. Flags are a signed INTEGER of at most four bytes: the positive form of five, into which some
  ///   libraries put INCREMENTAL_VALUES, is refused with unavailableCriticalExtension, as ldap3 issue 642 and the fall-back
  ///   of Airweave have it.
  init(_ bytes: [UInt8]) throws(LDAPError) {
    let fields = try BERValue.fields(bytes, count: 3)
    guard let flags = BERValue.integer(fields[0]) else { throw .controlRefused(.unavailableCriticalExtension) }
    guard BERValue.integer(fields[1]) != nil else { throw .controlRefused(.protocolError) }
    self.flags = DirSyncRequest.Flags(rawValue: UInt32(bitPattern: flags))
    cookie = fields[2]
  }

  static func answer(hasMore: Bool, cookie: [UInt8]) -> LDAPControl {
    LDAPControl(
      identifier: DirSyncRequest.identifier,
      isCritical: false,
      value: BERValue.sequence([hasMore ? 1 : 0, 0], cookie)
    )
  }
}
