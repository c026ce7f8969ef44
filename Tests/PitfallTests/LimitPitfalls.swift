import ActiveDirectory
import DirectoryTestSupport
import LDAP
import Model
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// What a domain controller ends or refuses because it takes too much or too long (MS-ADTS 3.1.1.3.4.6).
@Suite("Pitfalls: limits of a domain controller") struct LimitPitfalls {
  private final class Controllers: Sendable {
    private let made = Mutex<[ScriptedClient]>([])
    private let script: ScriptedClient.Script

    init(_ script: @escaping ScriptedClient.Script = { _ in nil }) { self.script = script }

    var clients: [ScriptedClient] { made.withLock { $0 } }

    func connect() -> ScriptedClient {
      let client = ScriptedClient(ScriptedController(), script)
      made.withLock { $0.append(client) }
      return client
    }

    func domain(_ time: ManualTime = ManualTime()) -> ActiveDirectoryDomain {
      .scripted(controllers: ["dc1.example.com"], time: time) { _ in self.connect() }
    }
  }

  @Test func `pitfall 11: a connection ended for being idle is made anew without a failure`() async throws {
    let controllers = Controllers()
    let domain = controllers.domain()
    let before = try await domain.pulse()
    // MaxConnIdleTime.
    await controllers.clients[0].close()
    #expect(try await domain.pulse() == before)
    #expect(controllers.clients.count == 2)
  }

  @Test func `pitfall 11: the doorbell asks often enough to keep a connection alive`() async throws {
    let world = try World()
    let controllers = Controllers()
    let domain = controllers.domain(world.time)
    let pipeline = world.pipeline(domain)
    let doorbell = Doorbell(pipeline: pipeline, time: world.time, logger: .quiet) {}
    let ringing = Task { await doorbell.run() }
    await world.time.untilSomebodySleeps()
    let asked = controllers.clients.flatMap(\.searches).count
    world.time.advance(by: .seconds(300))
    await world.time.untilSomebodySleeps()
    ringing.cancel()
    await ringing.value
    #expect(controllers.clients.flatMap(\.searches).count > asked, "within five of the fifteen minutes")
  }

  @Test(arguments: [MethodChoice.always(.objectSecurity), .always(.updateSequence)])
  func `pitfall 11: no sorting by the server, and filters on indexed attributes only`(
    method: MethodChoice
  ) async throws {
    let client = ScriptedClient()
    let domain = ActiveDirectoryDomain.scripted(client, method: method)
    _ = try await domain.collect(since: domain.collect().cookie)
    let sorting: Set<String> = ["1.2.840.113556.1.4.473", "2.16.840.1.113730.3.4.9"]
    #expect(client.searches.allSatisfy { $0.controls.allSatisfy { !sorting.contains($0.identifier) } })
    let indexed: Set<Substring> = ["objectClass", "uSNChanged"]
    for search in client.searches where search.scope == .subtree && search.base == "DC=example,DC=com" {
      let names = search.filter.split { "(&|!)".contains($0) }.compactMap { $0.split { "<>=".contains($0) }.first }
      #expect(Set(names).isSubset(of: indexed), "\(search.filter)")
    }
  }

  @Test(arguments: [
    LDAPResultCode.timeLimitExceeded, .sizeLimitExceeded, .adminLimitExceeded, .serverDown, .timeout, .busy,
  ])
  func `pitfall 12: an answer that breaks off is incomplete, whatever came before`(code: LDAPResultCode) async throws {
    let client = ScriptedClient { search in
      guard search.controls.contains(where: { $0.identifier == DirSyncRequest.identifier }) else { return nil }
      throw LDAPError(.search, code, "")
    }
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.objectSecurity))
    for cookie in [nil, [1]] as [[UInt8]?] {
      await #expect {
        _ = try await domain.collect(since: cookie)
      } throws: { error in
        if case .incomplete = error as? DirectoryError { true } else { false }
      }
    }
  }

  @Test func `pitfall 12: nothing is held for gone after a full read that broke off`() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let before = world.sink.held.count
    #expect(before > 4)
    world.sink.forgetOperations()
    // The first page ends after two entries: most of the domain was not shown.
    try await world.pipeline.requireFullRead("test")
    await world.directory.breakOff(after: 2)
    await #expect(throws: DirectoryError.self) { try await world.run() }
    try await world.export()
    #expect(world.sink.operations.isEmpty)
    #expect(world.sink.held.count == before)
    await world.directory.breakOff(after: nil)
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }
}
