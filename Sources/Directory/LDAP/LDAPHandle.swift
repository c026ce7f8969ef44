import CLDAP

/// Owner of libldap's handle of one connection. Used by one thread at a time: the connection's.
@safe
final class LDAPHandle {
  let pointer: OpaquePointer

  /// A handle without a server, which only encodes and decodes.
  convenience init() throws(LDAPError) {
    try unsafe self.init { unsafe ldap_initialize(&$0, nil) }
  }

  /// - Parameter url: names the server for TLS and Kerberos.
  convenience init(socket: TCPSocket, url: String) throws(LDAPError) {
    try unsafe self.init { unsafe ldap_init_fd(socket.lent, LDAP_PROTO_TCP, url, &$0) }
  }

  private init(_ create: (inout OpaquePointer?) -> Int32) throws(LDAPError) {
    LibraryMessages.start()
    var created: OpaquePointer?
    let code = unsafe create(&created)
    guard code == LDAP_SUCCESS, let created = unsafe created else {
      throw LDAPError(.connect, LDAPResultCode(rawValue: code), "libldap gave no handle")
    }
    unsafe pointer = created
  }

  /// Says goodbye to the server, if there is one, and closes the socket.
  deinit {
    unsafe ldap_unbind_ext(pointer, nil, nil)
  }
}

extension LDAPHandle {
  func set(_ option: Int32, _ value: Int32) throws(LDAPError) {
    var value = value
    try require(unsafe ldap_set_option(pointer, option, &value), option)
  }

  func set(_ option: Int32, _ text: String) throws(LDAPError) {
    try require(unsafe ldap_set_option(pointer, option, text), option)
  }

  func set(_ option: Int32, _ duration: Duration) throws(LDAPError) {
    var time = timeval(duration)
    try require(unsafe ldap_set_option(pointer, option, &time), option)
  }

  func switchOn(_ option: Int32) throws(LDAPError) {
    try require(unsafe cldap_switch_on(pointer, option), option)
  }

  func switchOff(_ option: Int32) throws(LDAPError) {
    try require(unsafe ldap_set_option(pointer, option, nil), option)
  }

  private func require(_ outcome: Int32, _ option: Int32) throws(LDAPError) {
    guard outcome == LDAP_OPT_SUCCESS else {
      throw LDAPError(.connect, .parameterError, "libldap refuses option 0x\(String(option, radix: 16))")
    }
  }

  /// What libldap noted as the reason of the last failure; the server's text where it answered.
  var diagnosticMessage: String {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe ldap_get_option(pointer, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text) == LDAP_OPT_SUCCESS,
      let text = unsafe text
    else { return "" }
    defer { unsafe ldap_memfree(text) }
    return unsafe String(printable: UnsafeRawBufferPointer(start: text, count: strnlen(text, 4096)))
  }

  /// The error of the last call that says no more than that it failed.
  func lastError(_ phase: LDAPError.Phase) -> LDAPError {
    var code = LDAP_OTHER
    unsafe ldap_get_option(pointer, LDAP_OPT_RESULT_CODE, &code)
    return LDAPError(phase, LDAPResultCode(rawValue: code), diagnosticMessage)
  }
}

extension timeval {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
  }
}
