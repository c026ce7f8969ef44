/// A bound connection to one LDAP server. `LDAPConnection` is the real one; simulations put another in its place, so that
/// all that stands above it is theirs to drive.
package protocol LDAPClient: Sendable {
  /// Gives the entries as they come, at most about 1,000 at a time, and reads nothing more before `deliver` returns.
  ///
  /// - Returns: the controls of the final answer.
  /// - Throws: `LDAPError`, `CancellationError` or what `deliver` throws.
  func search(
    _ search: LDAPSearch,
    deliver: ([LDAPEntry]) async throws -> Void
  ) async throws -> [LDAPControl]

  /// Ends the connection; whatever is asked of it later fails.
  func close() async
}

extension LDAPClient {
  /// The only entry there is; nil when there is none or no such base.
  package func entry(_ search: LDAPSearch) async throws -> LDAPEntry? {
    var found: [LDAPEntry] = []
    do {
      _ = try await self.search(search) { found += $0 }
    } catch let error as LDAPError where error.code == .noSuchObject {
      return nil
    }
    guard found.count <= 1 else {
      throw LDAPError(.search, .decodingError, "\(found.count) entries where there can be only one")
    }
    return found.first
  }
}

/// How a connection is made: connected, protected and bound.
///
/// - Throws: `LDAPError` with the phase that failed, or `CancellationError`.
package typealias LDAPConnector = @Sendable (LDAPConnectionOptions) async throws -> any LDAPClient
