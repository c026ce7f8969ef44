import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import Synchronization
import TestSupport
import Testing

/// Values of one attribute and pages of one search that do not come in one piece.
@Suite("Pitfalls: answers in pieces") struct RangePitfalls {
  @Test func `pitfall 1: members beyond MaxValRange come in blocks, over one connection, anew if the group changes`()
    async throws
  {
    let connections = Mutex(0)
    let usn = Mutex(7)
    let client = ScriptedClient { search in
      guard search.base.hasPrefix("<GUID="), let block = Self.block(search.attributes) else { return nil }
      // The group changes while its second block is read for the first time.
      let number = usn.withLock { usn in
        if block == 1 && usn == 7 { usn = 8 }
        return usn
      }
      return .init(entries: [object(guid(1), [("uSNChanged", text("\(number)"))] + Self.members(block))])
    }
    let domain = ActiveDirectoryDomain.scripted(controllers: ["dc1.example.com"]) { _ in
      connections.withLock { $0 += 1 }
      return client
    }
    let read = try await domain.read([guid(1)], attributes: [], notBehind: nil)
    #expect((read[guid(1)] ?? nil)?.members == .all((0..<3200).map { .numbered($0) }))
    #expect(connections.withLock { $0 } == 1)
    let asked = client.searches.filter { $0.base.hasPrefix("<GUID=") }.compactMap { Self.block($0.attributes) }
    #expect(asked == [0, 1, 0, 1, 2])
  }

  /// Which block of members is asked for.
  private static func block(_ attributes: [String]) -> Int? {
    if attributes.contains("member") { return 0 }
    return attributes.first { $0.hasPrefix("member;range=") }.flatMap {
      ["member;range=1500-*": 1, "member;range=3000-*": 2][$0]
    }
  }

  private static func members(_ block: Int) -> [(String, [[UInt8]])] {
    let lower = 1500 * block
    let values = (lower..<min(lower + 1500, 3200)).map { Array("<GUID=\(GUID.numbered(UInt32($0)))>;CN=x".utf8) }
    let end = block == 2 ? "*" : "\(lower + 1499)"
    return [("member", []), ("member;range=\(lower)-\(end)", values)]
  }

  @Test
  func `pitfall 10: one paged search at a time, of 1,000 objects a page, and none that is lost is held for complete`()
    async throws
  {
    let isLost = Mutex(false)
    let client = ScriptedClient { search in
      guard let page = search.page else { return nil }
      if page == 2, isLost.withLock({ $0 }) {
        // Evicted by other searches: MaxResultSetsPerConn, MaxResultSetSize.
        throw LDAPError(.search, .unwillingToPerform, "00002024: the cookie is no longer valid")
      }
      return .init(
        entries: [object(guid(page), [("objectClass", text("user"))])],
        controls: [pagedAnswer(page == 3 ? [] : [page])]
      )
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.updateSequence))
    let answer = try await domain.collect()
    #expect(answer.changes.map(\.guid) == [guid(1), guid(2), guid(3)])
    let pages = client.searches.filter { $0.scope == .subtree && $0.base == "DC=example,DC=com" }
    #expect(pages.map(\.page) == [1, 2, 3], "no other search of many objects between the pages")
    #expect(pages.allSatisfy { $0.pageSize == 1000 })

    isLost.withLock { $0 = true }
    await #expect(throws: DirectoryError.self) { try await domain.collect() }
  }
}

extension LDAPSearch {
  private var pagedControl: [UInt8]? { controls.first { $0.identifier == PagedResults.identifier }?.value }

  /// The page that is asked for, where the cookie is the number of the one before; nil for a search without pages.
  fileprivate var page: UInt8? {
    pagedControl.map { value in value.last == 0 ? 1 : (value.last ?? 0) + 1 }
  }

  /// SEQUENCE { INTEGER, OCTET STRING }.
  fileprivate var pageSize: Int? {
    pagedControl.map { Int($0[4]) << 8 | Int($0[5]) }
  }
}
