import CLDAP

extension LDAPConnection {
  /// What Kerberos must give on a connection without TLS: 56 bits or more means encrypted, not only signed.
  private static let sealingStrength: ber_len_t = 56

  func bind(_ handle: LDAPHandle) throws(LDAPError) {
    switch options.credentials {
    case .simple(let identity, let password): try bind(handle, as: identity, with: try Self.secret(password))
    case .gssapi(let keytab, let principal):
      try bind(handle, with: try KerberosCredentials(keytab: keytab, principal: principal))
    }
  }

  private static func secret(_ password: () throws -> [UInt8]) throws(LDAPError) -> [UInt8] {
    do {
      return try password()
    } catch {
      throw LDAPError(.bind, .parameterError, "\(error)")
    }
  }

  private func bind(_ handle: LDAPHandle, as identity: String, with password: [UInt8]) throws(LDAPError) {
    // Without a password the server would take it for an anonymous bind and call it a success (RFC 4513 section 5.1.2).
    guard !password.isEmpty else { throw LDAPError(.bind, .parameterError, "the password is empty") }
    guard !identity.isEmpty else { throw LDAPError(.bind, .parameterError, "no identity is given") }
    var identifier: Int32 = 0
    var password = password
    let code = unsafe withBerval(&password) { password in
      unsafe ldap_sasl_bind(handle.pointer, identity, nil, password, nil, nil, &identifier)
    }
    guard code == LDAP_SUCCESS else { throw handle.lastError(.bind) }
    let answer = try handle.answer(to: identifier, within: options.connectTimeout, phase: .bind)
    guard answer.code.rawValue == LDAP_SUCCESS else { throw LDAPError(.bind, answer.code, answer.text) }
  }

  private func bind(_ handle: LDAPHandle, with credentials: KerberosCredentials) throws(LDAPError) {
    if options.security == .signAndSeal {
      try handle.set(LDAP_OPT_X_SASL_SECPROPS, "noanonymous,minssf=\(Self.sealingStrength)")
    } else {
      // AD forbids a security layer within TLS and instead ties the bind to the TLS channel (MS-ADTS 5.1.2).
      try handle.set(LDAP_OPT_X_SASL_SECPROPS, "noanonymous,maxssf=0")
      try handle.set(LDAP_OPT_X_SASL_CBINDING, LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT)
    }
    // SASL makes its context within the call below and asks for the user name before it looks at credentials: that
    // question is the moment to give it ours.
    let code = unsafe ldap_sasl_interactive_bind_s(
      handle.pointer,
      nil,
      "GSSAPI",
      nil,
      nil,
      LDAP_SASL_QUIET,
      { handle, _, credentials, questions in
        guard unsafe ldap_set_option(handle, LDAP_OPT_X_SASL_GSS_CREDS, credentials) == LDAP_OPT_SUCCESS else {
          return LDAP_LOCAL_ERROR
        }
        var question = unsafe questions?.assumingMemoryBound(to: sasl_interact_t.self)
        while let current = unsafe question, unsafe current.pointee.id != UInt(SASL_CB_LIST_END) {
          unsafe current.pointee.result = UnsafeRawPointer(emptyAnswer)
          unsafe current.pointee.len = 0
          unsafe question = current + 1
        }
        return LDAP_SUCCESS
      },
      UnsafeMutableRawPointer(credentials.pointer)
    )
    withExtendedLifetime(credentials) {}
    guard code == LDAP_SUCCESS else {
      throw LDAPError(.bind, LDAPResultCode(rawValue: code), handle.diagnosticMessage)
    }
    if options.security == .signAndSeal { try requireSealing(handle) }
  }

  private func requireSealing(_ handle: LDAPHandle) throws(LDAPError) {
    var strength: ber_len_t = 0
    unsafe ldap_get_option(handle.pointer, LDAP_OPT_X_SASL_SSF, &strength)
    guard strength >= Self.sealingStrength else {
      throw LDAPError(.bind, .localError, "the server agreed to no encryption of the connection")
    }
  }
}

/// SASL keeps the pointer, so it must live for ever. It points to one zero byte that nobody writes.
private nonisolated(unsafe) let emptyAnswer: UnsafePointer<UInt8> = {
  let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  unsafe byte.initialize(to: 0)
  return unsafe UnsafePointer(byte)
}()
