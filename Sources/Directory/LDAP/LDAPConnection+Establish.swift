import CLDAP
import Glibc

extension LDAPConnection {
  /// The largest message that is taken from a server: room for a group of a million members in one.
  private static let maximumMessageSize: ber_len_t = 256 << 20

  func establish() throws(LDAPError) {
    try refuseUnprotectedBind()
    let url = try options.url()
    let socket = try TCPSocket(
      host: options.host,
      port: options.port ?? options.security.defaultPort,
      timeout: options.connectTimeout
    )
    let handle = try LDAPHandle(socket: socket, url: url)
    try configure(handle)
    try configureTLS(handle)
    try within(options.connectTimeout, on: socket, phase: .tls) { () throws(LDAPError) in
      switch options.security {
      case .ldaps: try startTLS(handle)
      case .startTLS:
        try requestTLS(handle)
        try startTLS(handle)
      case .signAndSeal: break
      }
    }
    try within(options.connectTimeout, on: socket, phase: .bind) { () throws(LDAPError) in try bind(handle) }
    // In the middle of a message too the wait for the server must end with each slice.
    socket.limitReads(to: Self.slice)
    self.handle = handle
  }

  /// Ends the connection under `body` when it takes longer: libldap itself has no time limit for a TLS handshake.
  private func within(
    _ time: Duration,
    on socket: TCPSocket,
    phase: LDAPError.Phase,
    _ body: () throws(LDAPError) -> Void
  ) throws(LDAPError) {
    let start = ContinuousClock.now
    // Detached, since this actor's thread is the one that is stuck.
    let alarm = Task.detached {
      try await Task.sleep(for: time)
      socket.shutDown()
    }
    defer { alarm.cancel() }
    do {
      try body()
    } catch {
      guard ContinuousClock.now - start < time else {
        throw LDAPError(phase, .timeout, "no answer within \(time)")
      }
      throw error
    }
  }

  private func refuseUnprotectedBind() throws(LDAPError) {
    if case .simple = options.credentials, options.security == .signAndSeal {
      throw LDAPError(
        .bind,
        .parameterError,
        "a password is never sent without TLS; use ldaps or starttls, or bind with a keytab"
      )
    }
  }

  /// Everything the host's ldap.conf or LDAP* variables could have set otherwise is set here.
  private func configure(_ handle: LDAPHandle) throws(LDAPError) {
    try handle.set(LDAP_OPT_PROTOCOL_VERSION, 3)
    try handle.switchOff(LDAP_OPT_REFERRALS)
    try handle.set(LDAP_OPT_SIZELIMIT, 0)
    try handle.set(LDAP_OPT_TIMELIMIT, 0)
    try handle.set(LDAP_OPT_DEREF, LDAP_DEREF_NEVER)
    try handle.set(LDAP_OPT_TIMEOUT, options.connectTimeout)
    // Otherwise libldap asks for the ticket of whatever name the address resolves back to.
    try handle.switchOn(LDAP_OPT_X_SASL_NOCANON)
    var buffer: OpaquePointer?
    var limit = Self.maximumMessageSize
    if unsafe ldap_get_option(handle.pointer, LDAP_OPT_SOCKBUF, &buffer) == LDAP_OPT_SUCCESS {
      unsafe ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &limit)
    }
  }

  private func configureTLS(_ handle: LDAPHandle) throws(LDAPError) {
    try handle.set(LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_DEMAND)
    try handle.set(LDAP_OPT_X_TLS_PROTOCOL_MIN, 3 << 8 + 3)  // TLS 1.2
    if let file = options.caFile {
      guard unsafe access(file, R_OK) == 0 else {
        throw LDAPError(.tls, .parameterError, "cannot read the CA file \(file): \(systemReason(errno))")
      }
      try handle.set(LDAP_OPT_X_TLS_CACERTFILE, file)
    }
    // Last: only now do the options above take effect.
    var isServer: Int32 = 0
    let (outcome, lines) = LibraryMessages.during {
      unsafe ldap_set_option(handle.pointer, LDAP_OPT_X_TLS_NEWCTX, &isServer)
    }
    guard outcome == LDAP_OPT_SUCCESS else {
      let reason = lines.last { $0.hasPrefix("TLS") } ?? "it holds no usable certificate"
      throw LDAPError(.tls, .parameterError, "\(options.caFile ?? "the TLS settings of ldap.conf"): \(reason)")
    }
  }

  /// The StartTLS request (RFC 4511 section 4.14).
  private func requestTLS(_ handle: LDAPHandle) throws(LDAPError) {
    var identifier: Int32 = 0
    guard unsafe ldap_start_tls(handle.pointer, nil, nil, &identifier) == LDAP_SUCCESS else {
      throw handle.lastError(.tls)
    }
    let answer = try handle.answer(to: identifier, within: options.connectTimeout, phase: .tls)
    guard answer.code.rawValue == LDAP_SUCCESS else { throw LDAPError(.tls, answer.code, answer.text) }
  }

  private func startTLS(_ handle: LDAPHandle) throws(LDAPError) {
    let (code, lines) = LibraryMessages.during { unsafe ldap_install_tls(handle.pointer) }
    guard code == LDAP_SUCCESS else {
      let reason = lines.last { $0.hasPrefix("TLS") && !$0.contains("can't connect") } ?? handle.diagnosticMessage
      throw LDAPError(.tls, LDAPResultCode(rawValue: code), reason)
    }
  }
}

extension LDAPHandle {
  /// Waits for the answer to a request that has only one.
  func answer(
    to identifier: Int32,
    within time: Duration,
    phase: LDAPError.Phase
  ) throws(LDAPError) -> LDAPAnswer {
    switch try nextMessage(of: identifier, within: time, phase: phase) {
    case .result(let answer): return answer
    case nil: throw LDAPError(phase, .timeout, "no answer within \(time)")
    case .entry, .other: throw LDAPError(phase, .decodingError, "the server's answer is of the wrong kind")
    }
  }
}
