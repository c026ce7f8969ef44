import CLDAP

/// Simple paged results (RFC 2696). Active Directory keeps a page's place on the connection: one search at a time.
package enum PagedResults {
  package static let identifier = LDAP_CONTROL_PAGEDRESULTS

  /// - Parameter cookie: of the page before; empty for the first.
  package static func control(size: Int32, cookie: [UInt8]) throws(LDAPError) -> LDAPControl {
    let handle = try LDAPHandle()
    let length = ber_len_t(cookie.count)
    var cookie = cookie.isEmpty ? [0] : cookie  // an empty array has no address
    var value = unsafe berval()
    let code = unsafe withBerval(&cookie) { cookie in
      unsafe cookie.pointee.bv_len = length
      return unsafe ldap_create_page_control_value(handle.pointer, size, cookie, &value)
    }
    defer { unsafe ldap_memfree(value.bv_val) }
    guard code == LDAP_SUCCESS else {
      throw LDAPError(.search, LDAPResultCode(rawValue: code), "the control for pages cannot be encoded")
    }
    return unsafe LDAPControl(identifier: identifier, isCritical: true, value: Array(value.bytes))
  }

  /// The cookie for the next page; empty after the last one.
  ///
  /// - Throws: when the answer has no such control, so that nobody can say whether it was the last.
  package static func nextCookie(in controls: [LDAPControl]) throws(LDAPError) -> [UInt8] {
    guard var bytes = controls.first(where: { $0.identifier == identifier })?.value, !bytes.isEmpty,
      bytes.count <= maximumCookieSize + 64
    else { throw LDAPError(.search, .decodingError, "the server ended a page without saying whether there are more") }
    let handle = try LDAPHandle()
    var count: ber_int_t = 0
    var cookie = unsafe berval()
    let code = unsafe withBerval(&bytes) { value in
      unsafe identifier.withCString { identifier in
        var control = unsafe ldapcontrol(
          ldctl_oid: UnsafeMutablePointer(mutating: identifier),
          ldctl_value: value.pointee,
          ldctl_iscritical: 0
        )
        return unsafe ldap_parse_pageresponse_control(handle.pointer, &control, &count, &cookie)
      }
    }
    defer { unsafe ber_memfree(cookie.bv_val) }
    guard code == LDAP_SUCCESS else {
      throw LDAPError(.search, .decodingError, "the server's control for pages cannot be decoded")
    }
    return unsafe Array(cookie.bytes)
  }

  private static let maximumCookieSize = 1 << 16
}
