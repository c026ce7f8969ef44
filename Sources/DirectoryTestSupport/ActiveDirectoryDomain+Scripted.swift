package import ActiveDirectory
package import Engine
package import LDAP
import Logging
package import Model
import Synchronization
package import TestSupport

extension ActiveDirectoryDomain {
  package static func scripted(
    _ client: ScriptedClient,
    method: MethodChoice = .automatic,
    time: ManualTime = ManualTime()
  ) -> ActiveDirectoryDomain {
    scripted(controllers: ["dc1.example.com"], method: method, time: time) { _ in client.reopened() }
  }

  package static func scripted(
    controllers: [String],
    site: String? = nil,
    locator: any ServiceLocator = NoServiceLocator(),
    method: MethodChoice = .automatic,
    time: ManualTime = ManualTime(),
    connector: @escaping LDAPConnector
  ) -> ActiveDirectoryDomain {
    ActiveDirectoryDomain(
      ActiveDirectoryOptions(
        domain: "example.com",
        controllers: controllers.compactMap { DomainController($0) },
        site: site,
        method: method,
        security: .ldaps,
        credentials: .simple(identity: "svc", password: { [] })
      ),
      connector: connector,
      locator: locator,
      time: time,
      logger: .quiet
    )
  }

  /// One answer in one list.
  package func collect(
    since cookie: [UInt8]? = nil,
    attributes: Set<AttributeName> = ["mail"]
  ) async throws -> (changes: [DirectoryChange], cookie: [UInt8], hasMore: Bool) {
    let all = Mutex<[DirectoryChange]>([])
    let end = try await changes(since: cookie, attributes: attributes) { changes in all.withLock { $0 += changes } }
    return (all.withLock { $0 }, end.cookie, end.hasMore)
  }
}

package struct NoServiceLocator: ServiceLocator {
  package init() {}
  package func servers(of name: String) async throws -> [String] { [] }
}
