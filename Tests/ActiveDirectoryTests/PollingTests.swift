import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@testable import ActiveDirectory

@Suite("Polling of uSNChanged") struct PollingTests {
  private static let now = Timestamp(milliseconds: 1_800_000_000_000)

  @Test func `a cookie comes back as it was, and damaged not at all`() {
    let cookie = PollingCookie(invocationID: guid(1), settled: 3, recent: 9, time: Self.now)
    #expect(PollingCookie(cookie.bytes) == cookie)
    for index in cookie.bytes.indices {
      var bytes = cookie.bytes
      bytes[index] ^= 1
      #expect(PollingCookie(bytes) == nil)
    }
  }

  @Test(arguments: [Int64.min, -1, 0, 4999, .max])
  func `the first one can be made of any number and comes back`(usn: Int64) {
    let cookie = PollingCookie(invocationID: guid(1), usn: usn, time: Self.now)
    #expect(PollingCookie(cookie.bytes) == cookie)
    #expect(cookie.settled == max(0, max(0, usn) - 5000))
  }

  @Test(arguments: ["-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "", "x"])
  func `a domain controller whose highest USN cannot be counted on is none`(usn: String) {
    let attributes = [
      ("defaultNamingContext", "DC=example,DC=com"), ("dnsHostName", "dc1.example.com"), ("dsServiceName", "CN=x"),
    ]
    func root(_ usn: String) -> RootEntry? {
      RootEntry(
        LDAPEntry(
          name: [],
          attributes: (attributes + [("highestCommittedUSN", usn)]).map { LDAPAttribute($0.0, [Array($0.1.utf8)]) }
        )
      )
    }
    #expect(root(usn) == nil)
    #expect(root("9223372036854775806")?.highestCommittedUSN == Int64.max - 1)
  }

  @Test func `what was seen within the last minutes is asked for again`() {
    let first = PollingCookie(invocationID: guid(1), usn: 9000, time: Self.now)
    #expect(first.settled == 4000)
    let soon = first.advanced(to: 9100, now: Self.now + .seconds(299))
    #expect(soon == first)
    let later = soon.advanced(to: 9200, now: Self.now + .seconds(300))
    #expect(later.settled == 9000)
    #expect(later.recent == 9200)
    #expect(later.advanced(to: 9300, now: Self.now).settled == 9000)
  }

  @Test func `a first answer is everything in full, page by page, the next one what changed`() async throws {
    let client = ScriptedClient { search in
      guard search.scope == .subtree, search.base == "DC=example,DC=com" else { return nil }
      let isSecond = search.controls.contains { $0.value?.contains(0x77) == true }
      return .init(
        entries: [object(guid(isSecond ? 2 : 1), [("name", text("Ada")), ("objectClass", text("user"))])],
        controls: [pagedAnswer(isSecond || search.filter.contains("uSNChanged") ? [] : [0x77])]
      )
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.updateSequence))
    let first = try await domain.collect()
    #expect(first.changes.map(\.guid) == [guid(1), guid(2)])
    #expect(first.changes.first?.attributes == ["mail": []])
    #expect(first.changes.first?.isDeleted == nil, "nobody says that it was restored")
    #expect(first.changes.first?.members == .all([]))
    #expect(first.changes.first?.memberOf == nil)
    let second = try await domain.collect(since: first.cookie)
    #expect(second.changes.map(\.guid) == [guid(1)])
    let pages = client.searches(with: PagedResults.identifier)
    #expect(pages.map { $0.filter.hasPrefix("(&(uSNChanged>=1)") } == [false, false, true])
    #expect(pages.allSatisfy { page in page.controls.contains(.showDeleted) && page.controls.contains(.showRecycled) })
  }

  /// Everything that a small domain has may have changed within the window.
  @Test func `a domain that fits in the window is read in full once, and not for ever`() async throws {
    let head = entry([
      ("objectGUID", [ScriptedController.domain.bytes]), ("instanceType", text("5")),
      ("objectClass", text("domainDNS")), ("name", text("example")),
    ])
    let client = ScriptedClient { search in
      guard search.scope == .subtree, search.base == "DC=example,DC=com" else { return nil }
      let users = (UInt8(1)...40).map { number in
        object(
          guid(number),
          [
            ("objectClass", text("user")), ("name", text("User \(number)")), ("sAMAccountName", text("u\(number)")),
            ("parentGUID", [ScriptedController.domain.bytes]),
          ]
        )
      }
      return .init(entries: [head] + users, controls: [pagedAnswer([])])
    }
    let world = try World()
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.updateSequence), time: world.time)
    let pipeline = world.pipeline(domain)
    await pipeline.use([world.configuration])
    for _ in 0..<4 {
      _ = try await pipeline.refresh()
      world.time.advance(by: .seconds(200))
    }
    let searches = client.searches(with: PagedResults.identifier)
    #expect(searches.map { $0.filter.contains("uSNChanged") } == [false, true, true, true])
  }

  @Test func `a cookie of another controller, of another method or of the future is rejected`() async throws {
    let domain = ActiveDirectoryDomain.scripted(ScriptedClient(), method: .always(.updateSequence))
    for cookie in [
      PollingCookie(invocationID: guid(1), settled: 0, recent: 9, time: Self.now).bytes,
      PollingCookie(invocationID: guid(0xA1), settled: 0, recent: 1001, time: Self.now).bytes,
      ReplicationTests.cookie(),
    ] {
      await #expect { try await domain.collect(since: cookie) } throws: { error in
        if case .cookieRejected = error as? DirectoryError { true } else { false }
      }
    }
  }

  @Test func `the members of a giant group are fetched before the next page`() async throws {
    let client = ScriptedClient { search in
      let value: (UInt8) -> [[UInt8]] = { text("<GUID=\(guid($0))>;CN=x") }
      if search.base.hasPrefix("<GUID="), search.attributes.contains("member;range=1-*") {
        return .init(entries: [object(guid(1), [("uSNChanged", text("5")), ("member;range=1-*", value(3))])])
      }
      let group = object(
        guid(1),
        [("uSNChanged", text("5")), ("member", []), ("member;range=0-0", value(2))]
      )
      if search.base.hasPrefix("<GUID=") { return .init(entries: [group]) }
      guard search.scope == .subtree, search.base == "DC=example,DC=com" else { return nil }
      return .init(entries: [group], controls: [pagedAnswer([])])
    }
    let answer = try await ActiveDirectoryDomain.scripted(client, method: .always(.updateSequence)).collect()
    #expect(answer.changes.map(\.members) == [.all([guid(2), guid(3)])])
  }
}
