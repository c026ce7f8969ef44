import DirectoryTestSupport
import Engine
import LDAP
import Model
import Testing

@testable import ActiveDirectory

@Suite("How changes are read") struct MethodTests {
  @Test(
    arguments: [
      ([], .objectSecurity), ([1], .replication), ([1, 0], .updateSequence),
    ] as [([UInt8], ReadMethod)],
    [LDAPResultCode.insufficientAccessRights, .unwillingToPerform, .unavailableCriticalExtension]
  )
  func `the first that is not refused`(refused: ([UInt8], ReadMethod), code: LDAPResultCode) async throws {
    let client = ScriptedClient { search in
      guard let flags = search.dirSyncFlags, refused.0.contains(flags) else { return nil }
      throw LDAPError(.search, code, "")
    }
    let domain = ActiveDirectoryDomain.scripted(client)
    #expect(try await domain.describe().method == refused.1)
    _ = try await domain.collect()
    #expect(try await domain.describe().method == refused.1)
    if refused.1 != .updateSequence {
      #expect(client.searches.last { $0.dirSyncFlags != nil }?.dirSyncFlags == (refused.1 == .objectSecurity ? 1 : 0))
    }
  }

  @Test func `a controller that does not list DirSync is polled and not even asked`() async throws {
    let client = ScriptedClient(ScriptedController(controls: [PagedResults.identifier]))
    #expect(try await ActiveDirectoryDomain.scripted(client).describe().method == .updateSequence)
    #expect(client.searches(with: DirSyncRequest.identifier).isEmpty)
  }

  @Test(arguments: [LDAPResultCode.timeout, .timeLimitExceeded])
  func `one that searches for long has not refused`(code: LDAPResultCode) async throws {
    let client = ScriptedClient { search in
      if search.dirSyncFlags != nil { throw LDAPError(.search, code, "") }
      return nil
    }
    #expect(try await ActiveDirectoryDomain.scripted(client).describe().method == .objectSecurity)
  }

  @Test(arguments: ReadMethod.allCases)
  func `the settings can force one`(method: ReadMethod) async throws {
    let client = ScriptedClient()
    #expect(try await ActiveDirectoryDomain.scripted(client, method: .always(method)).describe().method == method)
    #expect(client.searches(with: DirSyncRequest.identifier).isEmpty)
  }

  @Test(
    arguments: [
      ([], 60), ([("tombstoneLifetime", "180")], 180), ([("msDS-DeletedObjectLifetime", "30")], 30),
      ([("tombstoneLifetime", "180"), ("msDS-DeletedObjectLifetime", "365")], 180), ([("tombstoneLifetime", "1")], 2),
      ([("tombstoneLifetime", "99999999999999999")], 365_000),
    ] as [([(String, String)], Int64)]
  )
  func `deletions can be learned of for the shorter of the two lifetimes`(
    attributes: [(String, String)],
    days: Int64
  ) async throws {
    let client = ScriptedClient(ScriptedController(service: attributes.map { ($0.0, text($0.1)) }))
    let description = try await ActiveDirectoryDomain.scripted(client).describe()
    #expect(description.deletionLifetime == .seconds(days * 86_400))
    #expect(description.identity == "svc")
  }
}

extension LDAPSearch {
  /// The last byte of the flags, which stand first in the control.
  var dirSyncFlags: UInt8? {
    controls.first { $0.identifier == DirSyncRequest.identifier }?.value?.dropFirst(7).first
  }
}
