import Engine
import LDAP
import Logging

/// Which domain controllers there are, the ones to prefer first.
struct ControllerList {
  let options: ActiveDirectoryOptions
  let locator: any ServiceLocator

  /// So that an attempt ends even where most of a large domain cannot be reached.
  static let maximumCount = 16

  /// - Parameter site: the one that a domain controller told, if any.
  /// - Throws: `DirectoryError` when there are none.
  func controllers(site: String?) async throws -> [DomainController] {
    if !options.controllers.isEmpty { return options.controllers }
    let whole = "dc._msdcs.\(options.domain)"
    let names = ((options.site ?? site).map { ["\($0)._sites.\(whole)"] } ?? []) + [whole]
    var found: [DomainController] = []
    for name in names {
      for server in try await servers(of: name) where !found.contains(server) { found.append(server) }
    }
    guard !found.isEmpty else {
      throw DirectoryError.unreachable(
        controller: options.domain,
        detail: "DNS names no domain controllers: there is no SRV record _ldap._tcp.\(whole), or DNS is silent."
          + " Let this host use the domain's DNS servers, or name controllers in the settings"
      )
    }
    return Array(found.prefix(Self.maximumCount))
  }

  private func servers(of name: String) async throws -> [DomainController] {
    do {
      return try await locator.servers(of: name).compactMap { text in
        guard let server = DomainController(text) else { return nil }
        let name = server.host.hasSuffix(".") ? String(server.host.dropLast()) : server.host
        // The records name the port of plain LDAP only.
        return DomainController(host: name, port: options.security == .ldaps || server.port == 389 ? nil : server.port)
      }
    } catch let error as LDAPError {
      throw DirectoryError.unreachable(controller: options.domain, detail: "DNS cannot be asked: \(error.detail)")
    }
  }
}
