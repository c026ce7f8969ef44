import ActiveDirectory
import Engine
import LDAP
import Model
import SimulatedLDAP
import Synchronization
import TestSupport
import Testing

@Suite("A generated directory", .timeLimit(.minutes(5)))
struct GeneratedDirectoryTests {
  @Test func `is read in full with 20,000 users, and then only what changed`() async throws {
    let generated = GeneratedDirectory(DirectoryShape(users: 20_000, groups: 10, membersPerGroup: 2500))
    let domain = Self.domain(generated)
    let full = try await Self.cycle(domain, since: nil)
    #expect(full.changes.count == generated.shape.objects + 10)
    #expect(Set(full.changes.map(\.guid)).count == generated.shape.objects)
    let memberships = full.changes.reduce(0) { count, change in
      if case .difference(let added, _) = change.members { count + added.count } else { count }
    }
    #expect(memberships == 25_000)
    #expect(Set(full.changes.compactMap(\.sid)).count == 20_011)
    let again = try await Self.cycle(domain, since: full.cookie)
    #expect(again.changes.isEmpty)

    generated.touch(25)
    let delta = try await Self.cycle(domain, since: full.cookie)
    #expect(delta.changes.count == 25)
    #expect(delta.changes.first?.attributes == ["title": [bytes("Title 1")]])
    let anew = try await Self.cycle(domain, since: nil)
    #expect(anew.changes.count == full.changes.count)
    let titles = anew.changes.filter { $0.attributes["title"]?.first?.starts(with: bytes("Title ")) == true }
    #expect(Set(titles.map(\.guid)) == Set(delta.changes.map(\.guid)))
  }

  @Test func `gives single objects by their GUIDs, with all of their values`() async throws {
    let generated = GeneratedDirectory(DirectoryShape(users: 4000, groups: 2, membersPerGroup: 3500))
    let domain = Self.domain(generated)
    let full = try await Self.cycle(domain, since: nil)
    let user = try #require(full.changes.first { $0.objectClass == .user })
    let group = try #require(full.changes.first { $0.objectClass == .group })
    let read = try await domain.read([user.guid, group.guid, domain.unknown], attributes: ["mail"], notBehind: nil)
    let image = try #require(read[user.guid] ?? nil)
    #expect(image.attributes["mail"] == user.attributes["mail"] && image.sid == user.sid && image.parent == user.parent)
    #expect(image.memberOf?.contains(group.guid) == true)
    guard case .all(let members) = try #require(read[group.guid] ?? nil).members else {
      Issue.record("a read in full has all members")
      return
    }
    #expect(Set(members).count == 3500 && read[domain.unknown] == .some(nil))
  }

  /// Only its first pages, since computing entries takes long without optimization.
  @Test func `has a million users at once`() async throws {
    let generated = GeneratedDirectory(DirectoryShape(users: 1_000_000, groups: 1000, membersPerGroup: 50))
    let connection = generated.connect()
    var (cookie, count, pages, hasMore) = ([UInt8](), 0, 0, true)
    while hasMore, pages < 30 {
      let request = DirSyncRequest(flags: [.objectSecurity, .incrementalValues], maximumBytes: 1, cookie: cookie)
      let search = LDAPSearch(
        base: Fixture.base,
        scope: .subtree,
        attributes: ["objectClass", "name"],
        controls: [try request.control()]
      )
      let end = try await connection.search(search) { count += $0.count }
      let answer = try DirSyncResponse(try #require(end.first))
      (cookie, hasMore) = (answer.cookie, answer.hasMore)
      pages += 1
    }
    #expect(generated.shape.objects == 1_002_001 && count == pages * 1000)
  }

  private static func domain(_ generated: GeneratedDirectory) -> ActiveDirectoryDomain {
    ActiveDirectoryDomain(
      ActiveDirectoryOptions(
        domain: "corp.example.test",
        controllers: ["dc1.corp.example.test"].compactMap { DomainController($0) },
        security: .ldaps,
        credentials: .simple(identity: "reader", password: { [] })
      ),
      connector: generated.connector,
      time: ManualTime(),
      logger: Product.logger
    )
  }

  private static func cycle(
    _ domain: ActiveDirectoryDomain,
    since cookie: [UInt8]?
  ) async throws -> (changes: [DirectoryChange], cookie: [UInt8]) {
    let all = Mutex<[DirectoryChange]>([])
    var end = ChangesEnd(cookie: cookie ?? [], hasMore: true)
    var isFirst = true
    while end.hasMore {
      let since = isFirst ? cookie : end.cookie
      end = try await domain.changes(since: since, attributes: ["mail", "title"]) { changes in
        all.withLock { $0 += changes }
      }
      isFirst = false
    }
    return (all.withLock { $0 }, end.cookie)
  }
}

extension ActiveDirectoryDomain {
  fileprivate var unknown: GUID { .numbered(77) }
}
