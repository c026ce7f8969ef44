import LDAP
import LDAPServer
import Synchronization
import TestSupport
import Testing

@Suite("A server on the wire", .timeLimit(.minutes(2)))
struct WireTests {
  private static let account = LDAPServer.Account(name: "reader@corp.example.test", password: "Secret-1")

  @Test func `entries, empty attributes and controls come through as they are`() async throws {
    let entry = LDAPEntry(
      name: Array("CN=Zoë,DC=test".utf8),
      attributes: [LDAPAttribute("title", []), LDAPAttribute("objectGUID", [Array(0...255), []])]
    )
    let response = LDAPControl(identifier: DirSyncRequest.identifier, isCritical: false, value: Self.dirSyncAnswer)
    let client = ScriptedClient(entries: Array(repeating: entry, count: 2500), controls: [response])
    try await Self.withConnection(to: client) { connection, _ in
      let request = DirSyncRequest(flags: [.objectSecurity, .incrementalValues], maximumBytes: 9, cookie: [1, 2])
      let control = try request.control()
      let filter = "(&(|(cn=a\\2a\\28b)(cn=*x*y)(sn>=1))(!(objectGUID=\\ff\\00))(member:1.2.3:=q))"
      var batches: [Int] = []
      var search = LDAPSearch(base: "DC=tëst", scope: .subtree, filter: filter, attributes: ["cn"])
      search.controls = [control]
      let controls = try await connection.search(search) { entries in
        batches.append(entries.count)
        #expect(entries.allSatisfy { $0 == entry })
      }
      #expect(batches == [1000, 1000, 500])
      let answer = try DirSyncResponse(try #require(controls.first))
      #expect(answer.hasMore && answer.cookie == [7, 8, 9])
      let asked = try #require(client.searches.last)
      #expect(asked.base == "DC=tëst" && asked.filter == filter && asked.attributes == ["cn"])
      #expect(asked.controls == [control])
    }
  }

  @Test func `a wrong password is refused in the words of AD`() async throws {
    let error = await #expect(throws: LDAPError.self) {
      try await Self.withConnection(to: ScriptedClient(), password: "wrong") { _, _ in }
    }
    #expect(error?.phase == .bind && error?.code == .invalidCredentials)
    #expect(error?.reason.contains("data 52e, v4563") == true)
  }

  @Test func `an error of the backend comes with its code and text`() async throws {
    let failure = LDAPError(.search, .unwillingToPerform, "0000203D: Error processing control")
    try await Self.withConnection(to: ScriptedClient(failure: failure)) { connection, _ in
      let error = await #expect(throws: LDAPError.self) { try await Self.read(connection) }
      #expect(error == failure)
    }
  }

  @Test(arguments: [WireFault.close(after: 20_000), .garbage(after: 20_000)])
  func `an answer that breaks off is an error and no end`(fault: WireFault) async throws {
    let entry = LDAPEntry(name: Array("CN=A".utf8), attributes: [LDAPAttribute("cn", [[65]])])
    let client = ScriptedClient(entries: Array(repeating: entry, count: 5000))
    try await Self.withConnection(to: client) { connection, server in
      server.faults.set(fault)
      let error = await #expect(throws: LDAPError.self) { try await Self.read(connection) }
      #expect(error?.code.endsConnection == true)
    }
  }

  @Test func `a cancelled search is abandoned at the backend and the connection goes on`() async throws {
    let client = ScriptedClient(hangs: true)
    try await Self.withConnection(to: client) { connection, _ in
      let searching = Task { try await Self.read(connection) }
      await client.started()
      searching.cancel()
      await #expect(throws: CancellationError.self) { try await searching.value }
      await client.cancelled()
      let root = try await connection.entry(LDAPSearch(base: "", attributes: ["1.1"]))
      #expect(root == nil)
    }
  }

  private static func read(_ connection: LDAPConnection) async throws {
    _ = try await connection.search(LDAPSearch(base: "DC=test", scope: .subtree, attributes: [])) { _ in }
  }

  private static let dirSyncAnswer: [UInt8] = [0x30, 11, 2, 1, 1, 2, 1, 0, 4, 3, 7, 8, 9]

  private static func withConnection(
    to client: ScriptedClient,
    password: String = account.password,
    _ body: (LDAPConnection, LDAPServer) async throws -> Void
  ) async throws {
    try await LDAPServer.with(account: account, backend: { client }) { server in
      let front = try TLSFront(port: server.port)
      defer { front.stop() }
      let connection = try await LDAPConnection.open(
        LDAPConnectionOptions(
          host: "127.0.0.1",
          port: front.port,
          security: .ldaps,
          credentials: .simple(identity: account.name, password: { Array(password.utf8) }),
          caFile: front.caFile
        )
      )
      try await body(connection, server)
      await connection.close()
    }
  }
}

/// Answers every search the same, or the first one never.
final class ScriptedClient: LDAPClient {
  private let entries: [LDAPEntry]
  private let controls: [LDAPControl]
  private let failure: LDAPError?
  private let hangs: Mutex<Bool>
  private let asked = Mutex<[LDAPSearch]>([])
  private let start = AsyncStream<Void>.makeStream()
  private let cancellation = AsyncStream<Void>.makeStream()

  init(entries: [LDAPEntry] = [], controls: [LDAPControl] = [], failure: LDAPError? = nil, hangs: Bool = false) {
    self.entries = entries
    self.controls = controls
    self.failure = failure
    self.hangs = Mutex(hangs)
  }

  var searches: [LDAPSearch] { asked.withLock(\.self) }
  func started() async { for await _ in start.stream { return } }
  func cancelled() async { for await _ in cancellation.stream { return } }

  func search(_ search: LDAPSearch, deliver: ([LDAPEntry]) async throws -> Void) async throws -> [LDAPControl] {
    asked.withLock { $0.append(search) }
    if hangs.withLock({ hangs in
      defer { hangs = false }; return hangs
    }) {
      start.continuation.yield()
      for await _ in AsyncStream<Void>.makeStream().stream {}
      cancellation.continuation.yield()
      throw CancellationError()
    }
    if let failure { throw failure }
    if !entries.isEmpty { try await deliver(entries) }
    return controls
  }

  func close() async {}
}
