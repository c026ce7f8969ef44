import CLDAP

/// What a wait for the server gave.
enum LDAPMessage {
  case entry(LDAPEntry)
  case result(LDAPAnswer)
  /// A reference to another server, which is never followed, or something else without meaning here.
  case other
}

/// The final answer to a request (RFC 4511 section 4.1.9).
struct LDAPAnswer {
  let code: LDAPResultCode
  let text: String
  let controls: [LDAPControl]
}

extension LDAPHandle {
  /// The next message that answers the request `identifier`; nil when none came in time.
  func nextMessage(
    of identifier: Int32,
    within time: Duration,
    phase: LDAPError.Phase
  ) throws(LDAPError) -> LDAPMessage? {
    var time = timeval(time)
    var message: OpaquePointer?
    let type = unsafe ldap_result(pointer, identifier, LDAP_MSG_ONE, &time, &message)
    guard type != -1 else {
      let error = lastError(phase)
      throw error.reason.isEmpty ? LDAPError(phase, error.code, "the connection was lost") : error
    }
    guard type != 0, let message = unsafe message else { return nil }
    defer { unsafe ldap_msgfree(message) }
    switch ber_tag_t(type) {
    case ber_tag_t(LDAP_RES_SEARCH_ENTRY): return .entry(try unsafe entry(in: message))
    case ber_tag_t(LDAP_RES_SEARCH_REFERENCE), ber_tag_t(LDAP_RES_INTERMEDIATE): return .other
    default: return .result(try unsafe answer(in: message, phase: phase))
    }
  }

  private func answer(
    in message: OpaquePointer,
    phase: LDAPError.Phase
  ) throws(LDAPError) -> LDAPAnswer {
    var code: Int32 = LDAP_OTHER
    var text: UnsafeMutablePointer<CChar>?
    var controls: UnsafeMutablePointer<UnsafeMutablePointer<ldapcontrol>?>?
    let outcome = unsafe ldap_parse_result(pointer, message, &code, nil, &text, nil, &controls, 0)
    defer {
      unsafe ldap_memfree(text)
      unsafe ldap_controls_free(controls)
    }
    guard outcome == LDAP_SUCCESS else {
      throw LDAPError(phase, .decodingError, "the server's answer cannot be decoded")
    }
    let words = unsafe text.map {
      unsafe String(printable: UnsafeRawBufferPointer(start: $0, count: strnlen($0, 4096)))
    }
    return unsafe LDAPAnswer(
      code: LDAPResultCode(rawValue: code),
      text: words ?? "",
      controls: LDAPControl.copies(of: controls)
    )
  }

  /// Only the `_ber` calls read a message once from front to back; their siblings begin anew for every attribute.
  private func entry(in message: OpaquePointer) throws(LDAPError) -> LDAPEntry {
    var decoder: OpaquePointer?
    var name = unsafe berval()
    guard unsafe ldap_get_dn_ber(pointer, message, &decoder, &name) == LDAP_SUCCESS else {
      throw LDAPError(.search, .decodingError, "an entry cannot be decoded")
    }
    defer { unsafe ber_free(decoder, 0) }
    var attributes: [LDAPAttribute] = []
    while true {
      var description = unsafe berval()
      var values: UnsafeMutablePointer<berval>?
      // Name and values point into the message; only the array of values is ours.
      let code = unsafe ldap_get_attribute_ber(pointer, message, decoder, &description, &values)
      defer { unsafe ber_memfree(values) }
      guard code == LDAP_SUCCESS else {
        throw LDAPError(.search, .decodingError, "an attribute of an entry cannot be decoded")
      }
      guard unsafe description.bv_val != nil else { break }
      let text = unsafe String(decoding: description.bytes, as: UTF8.self)
      attributes.append(unsafe LDAPAttribute(text, Self.copies(of: values)))
    }
    return unsafe LDAPEntry(name: Array(name.bytes), attributes: attributes)
  }

  /// - Parameter values: ends with a value without address, or is nil for an empty set.
  private static func copies(of values: UnsafeMutablePointer<berval>?) -> [[UInt8]] {
    var copies: [[UInt8]] = []
    guard var value = unsafe values else { return copies }
    while unsafe value.pointee.bv_val != nil {
      unsafe copies.append(Array(value.pointee.bytes))
      unsafe value += 1
    }
    return copies
  }
}

extension berval {
  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: bv_val, count: bv_val == nil ? 0 : Int(bv_len))
  }
}
