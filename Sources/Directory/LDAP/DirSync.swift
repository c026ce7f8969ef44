import CLDAP

/// The request control of DirSync (MS-ADTS 3.1.1.3.4.1.3).
package struct DirSyncRequest: Sendable {
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Only what the account may see, for which it then needs no replication right.
    package static let objectSecurity = Flags(rawValue: 0x1)
    /// Values of links as what was added and what was removed.
    package static let incrementalValues = Flags(rawValue: 0x8000_0000)
  }

  package let flags: Flags
  package let maximumBytes: Int32
  /// Empty for everything.
  package let cookie: [UInt8]

  package init(flags: Flags, maximumBytes: Int32, cookie: [UInt8]) {
    self.flags = flags
    self.maximumBytes = maximumBytes
    self.cookie = cookie
  }

  package static let identifier = LDAP_CONTROL_X_DIRSYNC

  package func control() throws(LDAPError) -> LDAPControl {
    let handle = try LDAPHandle()
    var cookie = cookie.isEmpty ? [0] : cookie  // an empty array has no address
    let length = ber_len_t(self.cookie.count)
    var value = unsafe berval()
    // The flags are a signed INTEGER to AD: with incremental values a negative one of four bytes.
    let code = unsafe withBerval(&cookie) { cookie in
      unsafe cookie.pointee.bv_len = length
      return unsafe ldap_create_dirsync_value(
        handle.pointer,
        Int32(bitPattern: flags.rawValue),
        maximumBytes,
        cookie,
        &value
      )
    }
    defer { unsafe ldap_memfree(value.bv_val) }
    guard code == LDAP_SUCCESS else {
      throw LDAPError(.search, LDAPResultCode(rawValue: code), "the DirSync control cannot be encoded")
    }
    return unsafe LDAPControl(identifier: Self.identifier, isCritical: true, value: Array(value.bytes))
  }
}

/// The control with which the server answers.
package struct DirSyncResponse: Hashable, Sendable {
  package let hasMore: Bool
  package let cookie: [UInt8]

  /// No cookie of AD comes near; it holds 24 bytes for each domain controller there ever was.
  package static let maximumCookieSize = 1 << 20

  /// - Throws: when it cannot be decoded or its cookie is beyond all measure.
  package init(_ control: LDAPControl) throws(LDAPError) {
    // A handle of its own, because libldap's parser returns the last error that its handle has seen, however old.
    let handle = try LDAPHandle()
    guard var bytes = control.value, !bytes.isEmpty, bytes.count <= Self.maximumCookieSize + 64 else {
      throw LDAPError(.search, .decodingError, "the server's DirSync control has no value of a sensible size")
    }
    var more: Int32 = 0
    var cookie = unsafe berval()
    let code = unsafe withBerval(&bytes) { value in
      unsafe DirSyncRequest.identifier.withCString { identifier in
        var control = unsafe ldapcontrol(
          ldctl_oid: UnsafeMutablePointer(mutating: identifier),
          ldctl_value: value.pointee,
          ldctl_iscritical: 0
        )
        return unsafe ldap_parse_dirsync_control(handle.pointer, &control, &more, &cookie)
      }
    }
    defer { unsafe ber_memfree(cookie.bv_val) }
    guard code == LDAP_SUCCESS, unsafe cookie.bv_len > 0, unsafe cookie.bv_len <= ber_len_t(Self.maximumCookieSize)
    else { throw LDAPError(.search, .decodingError, "the server's DirSync control cannot be decoded") }
    hasMore = more != 0
    self.cookie = unsafe Array(cookie.bytes)
  }
}
