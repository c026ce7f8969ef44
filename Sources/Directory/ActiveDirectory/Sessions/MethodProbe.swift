import Engine
import LDAP
import Logging

/// Finds out how changes can be read from a domain controller.
struct MethodProbe {
  let session: DomainSession
  let logger: Logger

  /// A refusal comes before any searching, so who is silent for this long has not refused.
  private static let timeout: Duration = .seconds(5)

  /// - Throws: `LDAPError` of anything but a refusal, or `CancellationError`.
  func method(_ choice: MethodChoice) async throws -> ReadMethod {
    if case .always(let method) = choice { return method }
    if session.root.supportedControls.isEmpty || session.root.supports(DirSyncRequest.identifier) {
      for (method, flags) in [(ReadMethod.objectSecurity, DirSyncRequest.Flags.objectSecurity), (.replication, [])]
      where try await isAccepted(flags) { return method }
    }
    logger.warning(
      "the domain controller does not let this account use DirSync; changes are read by polling uSNChanged",
      metadata: ["controller": "\(session.controller)"]
    )
    return .updateSequence
  }

  /// Asks for next to nothing; the cookie of the answer is not used.
  private func isAccepted(_ flags: DirSyncRequest.Flags) async throws -> Bool {
    let request = DirSyncRequest(flags: flags.union(.incrementalValues), maximumBytes: 1, cookie: [])
    var search = LDAPSearch(
      base: session.base,
      scope: .subtree,
      filter: "(objectClass=domainDNS)",
      attributes: ["objectClass"],
      controls: [try request.control()]
    )
    search.timeout = Self.timeout
    do {
      _ = try await session.connection.search(search) { _ in }
      return true
    } catch let error as LDAPError where error.code.refusesDirSync {
      logger.debug("DirSync is refused", metadata: ["flags": "\(flags.rawValue)", "reason": "\(error)"])
      return false
    } catch let error as LDAPError where [.timeout, .timeLimitExceeded].contains(error.code) {
      return true
    }
  }
}

extension LDAPResultCode {
  /// Without a cookie in the request none of these can be about one.
  fileprivate var refusesDirSync: Bool { isRefusal || mayMeanBadCookie }
}
