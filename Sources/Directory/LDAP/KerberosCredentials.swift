import CLDAP

/// Kerberos credentials from a keytab, for one bind.
///
/// GSSAPI would otherwise look into KRB5_CLIENT_KTNAME and KRB5CCNAME, which are the whole process's: with a credential
/// of its own, each connection can use another keytab. The ticket cache is in memory and unique, so that no ticket
/// outlives a change of the key.
@safe
final class KerberosCredentials {
  let pointer: gss_cred_id_t
  private let cache: String

  init(keytab: String, principal: String?) throws(LDAPError) {
    cache = "MEMORY:adprov-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
    var minor: OM_uint32 = 0
    var name: gss_name_t?
    if let principal {
      let major = unsafe cldap_import_principal(principal, principal.utf8.count, &name, &minor)
      guard !Self.isError(major) else { throw Self.error(major, minor, "principal \(principal)") }
    }
    defer {
      var ignored: OM_uint32 = 0
      _ = unsafe gss_release_name(&ignored, &name)
    }
    var credentials: gss_cred_id_t?
    let major = unsafe cldap_acquire_credentials("FILE:" + keytab, cache, name, &credentials, &minor)
    guard !Self.isError(major), let credentials = unsafe credentials else {
      throw Self.error(major, minor, "keytab \(keytab)")
    }
    unsafe pointer = credentials
  }

  deinit {
    var minor: OM_uint32 = 0
    var credentials: gss_cred_id_t? = unsafe pointer
    _ = unsafe gss_release_cred(&minor, &credentials)
    // Releasing leaves the named cache behind.
    var context: krb5_context?
    guard unsafe krb5_init_context(&context) == 0 else { return }
    defer { unsafe krb5_free_context(context) }
    var tickets: krb5_ccache?
    if unsafe krb5_cc_resolve(context, cache, &tickets) == 0 { unsafe krb5_cc_destroy(context, tickets) }
  }

  /// GSS_ERROR of RFC 2744 section 3.9.1: calling and routine errors are in the upper half.
  private static func isError(_ major: OM_uint32) -> Bool { major & 0xFFFF_0000 != 0 }

  private static func error(_ major: OM_uint32, _ minor: OM_uint32, _ what: String) -> LDAPError {
    let texts = [text(of: minor, isMechanism: true), text(of: major, isMechanism: false)]
    return LDAPError(.bind, .localError, "\(what): \(texts.first { !$0.isEmpty } ?? "Kerberos error \(minor)")")
  }

  private static func text(of status: OM_uint32, isMechanism: Bool) -> String {
    guard status != 0 else { return "" }
    var minor: OM_uint32 = 0
    var more: OM_uint32 = 0
    var buffer = unsafe gss_buffer_desc()
    defer { _ = unsafe gss_release_buffer(&minor, &buffer) }
    guard unsafe !isError(cldap_display_status(status, isMechanism ? 1 : 0, &more, &buffer, &minor)) else { return "" }
    return unsafe String(printable: UnsafeRawBufferPointer(start: buffer.value, count: buffer.length))
  }
}
