import CLDAP
import Glibc

/// Where the servers of an LDAP service are, by DNS.
package protocol ServiceLocator: Sendable {
  /// The targets of the SRV records `_ldap._tcp.NAME` as `HOST:PORT`, the ones to prefer first (RFC 2782).
  ///
  /// Empty when there are none.
  ///
  /// - Throws: `LDAPError` when DNS cannot be asked.
  func servers(of name: String) async throws -> [String]
}

/// Asks the host's resolver, by libldap.
package struct SystemServiceLocator: ServiceLocator {
  package init() {}

  package func servers(of name: String) async throws -> [String] {
    try await Resolver().servers(of: name)
  }

  /// The call blocks, hence a thread of its own.
  private actor Resolver {
    private nonisolated let thread: LDAPThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    init() throws(LDAPError) { thread = try LDAPThread() }

    deinit { thread.stop() }

    func servers(of name: String) throws(LDAPError) -> [String] {
      var list: UnsafeMutablePointer<CChar>?
      let code = unsafe ldap_domain2hostlist(name, &list)
      defer { unsafe ldap_memfree(list) }
      // libldap has this one answer for "no such record" and for a resolver that is silent.
      guard code == LDAP_SUCCESS, let list = unsafe list else { return [] }
      let text = unsafe String(
        printable: UnsafeRawBufferPointer(start: list, count: strnlen(list, 1 << 16)),
        limit: 1 << 16
      )
      return text.split(separator: " ").map(String.init)
    }
  }
}
