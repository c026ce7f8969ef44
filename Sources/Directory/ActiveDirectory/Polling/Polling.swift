import Engine
import LDAP
import Model

/// Reads changes by uSNChanged, a number that each domain controller counts for itself: every object that changed comes
/// whole.
struct Polling {
  let session: DomainSession
  let attributes: Set<AttributeName>
  let reader: EntryReader
  let now: Timestamp

  /// MaxPageSize of a domain controller (MS-ADTS 3.1.1.3.4.6).
  private static let pageSize: Int32 = 1000

  func changes(
    since bytes: [UInt8]?,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    // Before the query: what is committed during it may or may not be in its answer.
    let usn = try await RootEntry.read(from: session.connection).highestCommittedUSN
    let last = try bytes.map { try accepted($0, usn: usn) }
    try await search(above: last?.settled, deliver: deliver)
    let next =
      last?.advanced(to: usn, now: now) ?? PollingCookie(invocationID: session.invocationID, usn: usn, time: now)
    return ChangesEnd(cookie: next.bytes, hasMore: false)
  }

  private func accepted(_ bytes: [UInt8], usn: Int64) throws -> PollingCookie {
    let reason: String
    switch PollingCookie(bytes) {
    case nil: reason = "it is not one of polling uSNChanged, or damaged"
    case let cookie? where cookie.invocationID != session.invocationID:
      reason = "it is of another domain controller, or of this one before it was restored"
    case let cookie? where cookie.recent > usn: reason = "the domain controller has gone back in time"
    case let cookie?: return cookie
    }
    throw DirectoryError.cookieRejected(detail: "\(session.controller): \(reason)")
  }

  private func search(
    above usn: Int64?,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws {
    let objects = FullRead(session: session, attributes: attributes)
    var search = LDAPSearch(
      base: session.base,
      scope: .subtree,
      filter: usn.map { "(&(uSNChanged>=\($0 + 1))\(DirSyncScope.filter))" } ?? DirSyncScope.filter,
      attributes: FullRead.names(keeping: attributes, withGroups: false)
    )
    let controls = [.extendedDN, .showDeleted, .showRecycled, .domainScope] + session.lifetimeControls
    var cookie: [UInt8] = []
    repeat {
      search.controls = controls + [try PagedResults.control(size: Self.pageSize, cookie: cookie)]
      var incomplete: [GUID] = []
      let end = try await session.connection.search(search) { entries in
        var changes: [DirectoryChange] = []
        for entry in entries where try !reader.isForeign(entry) {
          let values = RangedValues(entry)
          let change = try change(from: values.entry)
          if values.isComplete { changes.append(change) } else { incomplete.append(change.guid) }
        }
        if !changes.isEmpty { try await deliver(changes) }
      }
      cookie = try PagedResults.nextCookie(in: end)
      // Between pages, since the connection is for one search at a time. An object that is gone since will come as deleted.
      for guid in incomplete {
        if let entry = try await objects.entry(guid) { try await deliver([change(from: entry)]) }
      }
    } while !cookie.isEmpty
  }
  private func change(from entry: LDAPEntry) throws -> DirectoryChange {
    var change = try reader.object(from: entry, asksForGroups: false)
    // That it lives does not say that it was restored, for which it would be read once more.
    if change.isDeleted == false { change.isDeleted = nil }
    return change
  }
}
