import LDAP

/// How long a domain controller can tell of a deletion (MS-ADTS 3.1.1.1.5, 7.1.1.2.4.1.1).
enum DeletionLifetime {
  private static let unsetDays: Int64 = 60
  private static let minimumDays: Int64 = 2
  private static let maximumDays: Int64 = 365 * 1000

  static func read(_ session: DomainSession) async throws -> Duration {
    guard let configuration = session.root.configurationNamingContext else { return of(nil) }
    let base = "CN=Directory Service,CN=Windows NT,CN=Services,\(configuration)"
    return of(
      try await session.connection.entry(
        LDAPSearch(base: base, attributes: ["tombstoneLifetime", "msDS-DeletedObjectLifetime"])
      )
    )
  }

  static func of(_ entry: LDAPEntry?) -> Duration {
    let tombstone = entry?.text("tombstoneLifetime").flatMap { Int64($0) } ?? unsetDays
    let deleted = entry?.text("msDS-DeletedObjectLifetime").flatMap { Int64($0) } ?? tombstone
    return .seconds(86_400 * min(max(min(tombstone, deleted), minimumDays), maximumDays))
  }
}
