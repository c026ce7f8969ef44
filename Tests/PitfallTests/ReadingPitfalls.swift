import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import Synchronization
import TestSupport
import Testing

@Suite("Pitfalls: what is asked, and what comes") struct ReadingPitfalls {
  private static let classes: [(GUID, [String], ObjectClass)] = [
    (guid(1), ["top", "person", "organizationalPerson", "user"], .user),
    (guid(2), ["top", "person", "organizationalPerson", "user", "computer"], .computer),
    (
      guid(3), ["top", "person", "organizationalPerson", "user", "computer", "msDS-GroupManagedServiceAccount"],
      .computer
    ),
    (guid(4), ["top", "person", "organizationalPerson", "user", "inetOrgPerson"], .user),
  ]

  @Test(arguments: [MethodChoice.always(.objectSecurity), .always(.updateSequence)])
  func `pitfall 7: no filter names what an object loses when it is deleted`(method: MethodChoice) async throws {
    let client = ScriptedClient { search in
      guard search.scope == .subtree, search.base == "DC=example,DC=com" else { return nil }
      return .init(
        entries: [object(guid(1), [("isDeleted", text("TRUE")), ("name", text("Ada\nDEL:\(guid(1))"))])],
        controls: [dirSyncAnswer([1]), pagedAnswer([])]
      )
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: method)
    let first = try await domain.collect()
    #expect(first.changes.map(\.isDeleted) == [true])
    _ = try await domain.collect(since: first.cookie)
    let searches = client.searches.filter { $0.scope == .subtree }
    #expect(searches.count >= 2)
    for search in searches {
      for lost in ["objectcategory", "samaccounttype"] { #expect(!search.filter.lowercased().contains(lost)) }
    }
    let domainSearches = searches.filter { $0.base == "DC=example,DC=com" }
    #expect(domainSearches.allSatisfy { $0.controls.contains(.showDeleted) })
    #expect(domainSearches.allSatisfy { $0.attributes.contains("isdeleted") }, "or no tombstone comes at all")
  }

  @Test func `pitfall 8: computers and managed service accounts are users to AD, but not to us`() async throws {
    let client = ScriptedClient { search in
      guard search.controls.contains(where: { $0.identifier == DirSyncRequest.identifier }) else { return nil }
      let entries = Self.classes.map { guid, classes, _ in
        object(guid, [("objectClass", classes.map { Array($0.utf8) }), ("name", text("x"))])
      }
      return .init(entries: entries, controls: [dirSyncAnswer([1])])
    }
    let changes = try await ActiveDirectoryDomain.scripted(client).collect().changes
    #expect(changes.map(\.objectClass) == Self.classes.map(\.2))
    #expect(Self.classes.map { ResourceKind($0.2) } == [.user, nil, nil, .user])
    let filters = client.searches(with: DirSyncRequest.identifier).map(\.filter)
    #expect(filters.last?.contains("(!(objectClass=computer))") == true)
  }

  @Test(arguments: [MethodChoice.always(.objectSecurity), .always(.updateSequence)])
  func `pitfall 9: heads of other naming contexts are dropped, and referrals are not asked for`(
    method: MethodChoice
  ) async throws {
    // IT_NC_HEAD, alone and with IT_NC_ABOVE and IT_WRITE.
    let foreign = ["1", "9", "13"].enumerated().map { index, type in
      entry([
        ("objectGUID", [guid(UInt8(index + 2)).bytes]), ("instanceType", text(type)),
        ("objectClass", text("domainDNS")),
      ])
    }
    let own = entry([
      ("objectGUID", [ScriptedController.domain.bytes]), ("instanceType", text("5")),
      ("objectClass", text("domainDNS")),
    ])
    let client = ScriptedClient { search in
      guard search.scope == .subtree, search.base == "DC=example,DC=com" else { return nil }
      return .init(entries: [own] + foreign + [object(guid(1))], controls: [dirSyncAnswer([1]), pagedAnswer([])])
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: method)
    let changes = try await domain.collect().changes
    #expect(changes.map(\.guid) == [ScriptedController.domain, guid(1)])
    _ = try await domain.read([guid(7)], attributes: [], notBehind: nil)
    let others = client.searches.filter { search in
      search.base.hasPrefix("<GUID=") || search.controls.contains { $0.identifier == PagedResults.identifier }
    }
    #expect(!others.isEmpty && others.allSatisfy { $0.controls.contains(.domainScope) })
  }

  @Test func `pitfall 9: a name in another domain is not there, whoever could be asked about it`() async throws {
    let client = ScriptedClient { search in
      if search.base.contains("DC=other") { throw LDAPError(.search, .referral, "ldap://other.example.com/") }
      return nil
    }
    let domain = ActiveDirectoryDomain.scripted(client)
    let name = try DistinguishedName(parsing: "OU=Sales,DC=other,DC=example,DC=com")
    #expect(try await domain.locate(name) == nil)
    #expect(client.searches.filter { $0.base.contains("DC=other") }.count == 1)
  }

  @Test(arguments: [MethodChoice.always(.objectSecurity), .always(.replication), .always(.updateSequence)])
  func `pitfall 15: names in any case, options stripped, and never lastLogonTimestamp`(
    method: MethodChoice
  ) async throws {
    let client = ScriptedClient { search in
      let isRead = search.base.hasPrefix("<GUID=")
      guard isRead || search.scope == .subtree && search.base == "DC=example,DC=com" else { return nil }
      let object = object(guid(1), [("MAIL", text("a@b.c")), ("UserCertificate;Binary", text("x"))])
      return .init(entries: [object], controls: isRead ? [] : [dirSyncAnswer([1]), pagedAnswer([])])
    }
    let kept: Set<AttributeName> = ["Mail", "userCERTIFICATE", "lastLogonTimestamp"]
    let domain = ActiveDirectoryDomain.scripted(client, method: method)
    let changes = try await domain.collect(attributes: kept).changes
    let read = try await domain.read([guid(1)], attributes: kept, notBehind: nil)
    for change in [changes.first, read[guid(1)] ?? nil] {
      #expect(change?.attributes["mail"] == text("a@b.c"))
      #expect(change?.attributes["userCertificate"] == text("x"))
    }
    #expect(client.searches.allSatisfy { !$0.attributes.contains { $0.lowercased() == "lastlogontimestamp" } })
  }

  @Test func `pitfall 16: times are Int64 up to the end, and GeneralizedTime`() {
    #expect(FileTime("9223372036854775807") == .never)
    #expect(FileTime("0") == .never)
    #expect(FileTime("9223372036854775808") == nil)
    #expect(FileTime("-1") == nil)
    // 30828-09-14, where the calendar of Windows ends.
    #expect(FileTime("9223372036854775806") == .at(Timestamp(milliseconds: 922_337_203_685_477 - 11_644_473_600_000)))
    let time = Timestamp(milliseconds: 1_795_399_056_000)
    #expect(GeneralizedTime.timestamp("20261123015736.0Z") == time)
    let ticks = (time.milliseconds + 11_644_473_600_000) * 10_000
    #expect(FileTime("\(ticks)") == .at(time))
    for expiry in ["0", "9223372036854775807", "soon", ""] {
      #expect(Image(["accountExpires": text(expiry)]).accountExpiry == nil)
    }
    #expect(Image(["accountExpires": text("\(ticks)")]).accountExpiry == time)
  }
}
