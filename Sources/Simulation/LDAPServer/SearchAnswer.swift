import LDAP
import NIOCore

/// The entries of one search and how it ended.
struct SearchAnswer: Sendable {
  let request: SearchRequest
  let identifier: Int32
  let client: any LDAPClient
  let writer: AnswerWriter
  let pending: PendingRequests

  /// About so much is encoded before it is written.
  private static let chunkSize = 1 << 16

  /// - Throws: when the connection is to end.
  func give() async throws {
    let alarm = request.timeLimit.map { limit in
      Task {
        try await Task.sleep(for: limit)
        pending.end(identifier, .timeLimit)
      }
    }
    defer { alarm?.cancel() }
    do {
      guard request.isScopeKnown else {
        return try await finish(LDAPResult(.unwillingToPerform, "the scope is neither base nor subtree"))
      }
      let controls = try await entries()
      try Task.checkCancellation()
      try await finish(.success, controls)
    } catch is SizeLimitReached {
      try await finish(LDAPResult(.sizeLimitExceeded))
    } catch let error as LDAPError {
      // A code of libldap's own says that the backend's connection was lost, and so is this one.
      guard error.code.rawValue >= 0 else { throw error }
      try await finish(LDAPResult(error.code, error.reason))
    } catch {
      switch pending.ending(of: identifier) {
      case .abandoned: return
      case .timeLimit: try await finish(LDAPResult(.timeLimitExceeded))
      case nil: throw error
      }
    }
  }

  private struct SizeLimitReached: Error {}

  private func entries() async throws -> [LDAPControl] {
    var room = request.sizeLimit ?? .max
    return try await client.search(request.search) { entries in
      var encoder = LDAPAnswerEncoder()
      for entry in entries.prefix(room) {
        encoder.entry(entry, to: identifier, typesOnly: request.typesOnly)
        guard encoder.count >= Self.chunkSize else { continue }
        try Task.checkCancellation()
        try await writer.write(encoder.bytes)
        encoder = LDAPAnswerEncoder()
      }
      try Task.checkCancellation()
      if encoder.count > 0 { try await writer.write(encoder.bytes) }
      guard entries.count <= room else { throw SizeLimitReached() }
      room -= entries.count
    }
  }

  private func finish(_ result: LDAPResult, _ controls: [LDAPControl] = []) async throws {
    var encoder = LDAPAnswerEncoder()
    encoder.result(.search, result, to: identifier, controls: controls)
    try await writer.write(encoder.bytes)
  }
}
