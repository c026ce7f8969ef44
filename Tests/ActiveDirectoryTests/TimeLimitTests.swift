import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import Synchronization
import TestSupport
import Testing

/// MaxDirSyncDuration (MS-ADTS 3.1.1.3.4.6): the answer ends, and may do so again with the same cookie.
@Suite("A controller that gives up over DirSync") struct TimeLimitTests {
  @Test func `says so with what can be done, and is not asked over and over`() async throws {
    let isSlow = Mutex(false)
    let client = ScriptedClient { search in
      guard search.isChanges else { return nil }
      if isSlow.withLock({ $0 }) {
        throw LDAPError(.search, .timeLimitExceeded, "00000057: LdapErr: DSID-0C090A5C, comment: Time limit")
      }
      return .init(entries: [Self.head], controls: [dirSyncAnswer([1])])
    }
    let world = try World()
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.objectSecurity), time: world.time)
    let pipeline = world.pipeline(domain)
    await pipeline.use([world.configuration])
    _ = try await pipeline.refresh()

    isSlow.withLock { $0 = true }
    for attempt in 1...3 {
      let error = await #expect(throws: DirectoryError.self) { try await pipeline.refresh() }
      guard case .incomplete(let detail) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(detail.contains("MaxDirSyncDuration"))
      #expect(detail.contains("Map fewer attributes"))
      #expect(client.searches(with: DirSyncRequest.identifier).count == 1 + attempt, "one question a run")
    }
    let problem = await pipeline.state.problem
    #expect(problem?.contains("MaxDirSyncDuration") == true)

    isSlow.withLock { $0 = false }
    _ = try await pipeline.refresh()
    let cookies = client.searches(with: DirSyncRequest.identifier).map { $0.controls[0].value?.last }
    #expect(cookies == [0, 1, 1, 1, 1], "the cookie is where it was")
  }

  private static let head = entry([
    ("objectGUID", [ScriptedController.domain.bytes]), ("instanceType", text("5")), ("objectClass", text("domainDNS")),
    ("name", text("example")),
  ])
}
