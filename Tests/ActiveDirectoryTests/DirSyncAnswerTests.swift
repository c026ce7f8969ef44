import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@Suite("Answers of DirSync") struct DirSyncAnswerTests {
  /// Gives these entries to DirSync.
  private static func client(_ controls: [String] = [], _ entries: LDAPEntry...) -> ScriptedClient {
    let controller = ScriptedController(controls: controls.isEmpty ? [] : controls + [DirSyncRequest.identifier])
    return ScriptedClient(controller) { [entries] search in
      search.isChanges ? .init(entries: entries, controls: [dirSyncAnswer([1])]) : nil
    }
  }

  @Test func `memberships that end by themselves come with their time, where the controller knows of such`()
    async throws
  {
    let values = [
      Array("<TTL=86375>,<GUID=\(guid(2))>;<SID=S-1-5-21-1>;CN=Soon".utf8),
      Array("<GUID=\(guid(3))>;CN=Ever".utf8), Array("<GUID=\(guid(5))>;<TTL=60>;CN=Other order".utf8),
    ]
    let client = Self.client(
      [LDAPControl.linkTTL.identifier],
      object(guid(1), [("member;range=1-1", values), ("member;range=0-0", text("<TTL=0>,<GUID=\(guid(4))>;CN=Gone"))])
    )
    let change = try #require(await ActiveDirectoryDomain.scripted(client).collect().changes.first)
    #expect(change.members == .difference(added: [guid(2), guid(3), guid(5)], removed: [guid(4)]))
    #expect(change.memberLifetimes == [guid(2): .seconds(86_375), guid(5): .seconds(60)])
    #expect(!change.needsFullRead)
    #expect(client.searches.last { $0.isChanges }?.controls.contains(.linkTTL) == true)
  }

  @Test func `a controller that does not know of them is not asked`() async throws {
    let client = Self.client([PagedResults.identifier])
    _ = try await ActiveDirectoryDomain.scripted(client).collect()
    #expect(client.searches.allSatisfy { !$0.controls.contains(.linkTTL) })
  }

  @Test(arguments: [
    "<TTL=>,", "<TTL=-1>,", "<TTL=99999999999>,", "<TTL=5>", "<TTL=5", "<TTL=1>,<TTL=2>,", "<TTL=0x5>,",
  ])
  func `a time that is none stops the reading rather than making up a member`(prefix: String) async throws {
    let client = Self.client([], object(guid(1), [("member;range=1-1", text("\(prefix)<GUID=\(guid(2))>;CN=x"))]))
    await #expect(throws: DirectoryError.self) { try await ActiveDirectoryDomain.scripted(client).collect() }
  }

  @Test func `members from before single values were tracked are added, and the group is read in full`() async throws {
    let client = Self.client(
      [],
      object(guid(1), [("objectClass", text("group")), ("member", text("<GUID=\(guid(2))>;CN=Old"))]),
      object(guid(1), [("member;range=1-1", text("<GUID=\(guid(3))>;CN=New"))])
    )
    let changes = try await ActiveDirectoryDomain.scripted(client).collect().changes
    #expect(
      changes.map(\.members) == [
        .difference(added: [guid(2)], removed: []), .difference(added: [guid(3)], removed: []),
      ]
    )
    #expect(changes.map(\.needsFullRead) == [true, false])
  }

  @Test func `of an object without a DN, which the account may not see, the deletion still counts`() async throws {
    let deleted = entry([("objectGUID", [guid(1).bytes]), ("instanceType", text("4")), ("isDeleted", text("TRUE"))])
    let silent = entry([("objectGUID", [guid(2).bytes]), ("instanceType", text("4"))])
    let changes = try await ActiveDirectoryDomain.scripted(Self.client([], deleted, silent)).collect().changes
    #expect(changes.map(\.guid) == [guid(1), guid(2)])
    #expect(changes.map(\.isDeleted) == [true, nil])
    #expect(changes.map(\.needsFullRead) == [false, true], "what happened to the other one must be found out")
  }

  @Test func `the end of a page is not the end of a cycle`() async throws {
    let client = ScriptedClient { search in
      // Legal: no entries, but more to come (MS-DRSR 4.1.10.5.7).
      search.isChanges ? .init(controls: [dirSyncAnswer([5], hasMore: true)]) : nil
    }
    let answer = try await ActiveDirectoryDomain.scripted(client).collect()
    #expect(answer.changes.isEmpty)
    #expect(answer.hasMore)
    #expect(answer.cookie == [5])
  }

  @Test func `an answer without a cookie is none`() async throws {
    let client = ScriptedClient { $0.isChanges ? .init(entries: [object(guid(1))]) : nil }
    await #expect(throws: DirectoryError.self) { try await ActiveDirectoryDomain.scripted(client).collect() }
  }

  @Test(arguments: [nil, [1]] as [[UInt8]?])
  func `a controller that is no source of changes is told from a cookie that is rejected`(
    cookie: [UInt8]?
  ) async throws {
    let client = ScriptedClient { search in
      guard search.isChanges else { return nil }
      throw LDAPError(.search, .unwillingToPerform, "00002108: SvcErr: DSID-031401F4, problem 5003, data 0")
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.objectSecurity))
    let error = await #expect(throws: DirectoryError.self) { try await domain.collect(since: cookie) }
    guard case .unexpected(let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.contains("read-only, or its outbound replication is switched off"))
  }

  @Test(arguments: ["0000203D: LdapErr: DSID-0C090F2E, comment: Error processing control", "", "00002108", "2108: x"])
  func `any other unwillingness about a cookie is its rejection`(text: String) async throws {
    let client = ScriptedClient { search in
      guard search.isChanges else { return nil }
      throw LDAPError(.search, .unwillingToPerform, text)
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.objectSecurity))
    let error = await #expect(throws: DirectoryError.self) { try await domain.collect(since: [1]) }
    guard case .cookieRejected = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}

extension LDAPSearch {
  var isChanges: Bool { controls.contains { $0.identifier == DirSyncRequest.identifier } }
}
