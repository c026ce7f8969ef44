import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@Suite("Confidential attributes") struct ConfidentialAttributesTests {
  private static let controller = ScriptedController(confidential: ["employeeSecret", "badge"])

  @Test(arguments: [MethodChoice.always(.objectSecurity), .always(.updateSequence)])
  func `they are refused by name before anything is read`(method: MethodChoice) async throws {
    let client = ScriptedClient(Self.controller)
    let domain = ActiveDirectoryDomain.scripted(client, method: method)
    let error = await #expect(throws: DirectoryError.self) {
      try await domain.collect(attributes: ["mail", "EmployeeSecret", "badge"])
    }
    guard case .rightsMissing(let what, let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(what.hasSuffix("badge, employeeSecret"))
    #expect(detail.contains("Take them out of the mapping"))
    #expect(client.searches.allSatisfy { $0.scope == .base || $0.base == "CN=Schema" })
  }

  @Test func `with the replication right nothing is hidden, so nothing is asked`() async throws {
    let client = ScriptedClient(Self.controller)
    let domain = ActiveDirectoryDomain.scripted(client, method: .always(.replication))
    _ = try await domain.collect(attributes: ["badge"])
    #expect(schemaSearches(of: client).isEmpty)
  }

  @Test func `the schema is asked once in a session about each attribute`() async throws {
    let client = ScriptedClient(Self.controller)
    let time = ManualTime()
    let domain = ActiveDirectoryDomain.scripted(client, time: time)
    let cookie = try await domain.collect(attributes: ["mail", "title"]).cookie
    for _ in 0..<5 { _ = try await domain.collect(since: cookie, attributes: ["mail", "title"]) }
    _ = try await domain.collect(since: cookie, attributes: ["mail"])
    #expect(schemaSearches(of: client).count == 1)
    _ = try await domain.collect(since: cookie, attributes: ["mail", "department"])
    #expect(schemaSearches(of: client).map { $0.filter.contains("(lDAPDisplayName=mail)") } == [true, false])
    time.advance(by: .seconds(3600))
    _ = try await domain.collect(since: cookie, attributes: ["mail"])
    #expect(schemaSearches(of: client).count == 3, "a new session knows of a new schema")
  }

  @Test func `what was refused is asked again`() async throws {
    let client = ScriptedClient(Self.controller)
    let domain = ActiveDirectoryDomain.scripted(client)
    for _ in 0..<2 {
      await #expect(throws: DirectoryError.self) { try await domain.collect(attributes: ["badge"]) }
    }
    #expect(schemaSearches(of: client).count == 2)
  }

  private func schemaSearches(of client: ScriptedClient) -> [LDAPSearch] {
    client.searches.filter { $0.base == "CN=Schema" }
  }
}
