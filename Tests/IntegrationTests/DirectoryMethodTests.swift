import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@testable import ActiveDirectory

@Suite(
  "How a real domain is read",
  .enabled(if: LabEnvironment.isUsable, Comment(rawValue: LabEnvironment.absence))
)
struct DirectoryMethodTests {
  private let lab: LabEnvironment

  init() throws {
    lab = try .required()
  }

  private func connection() async throws -> LDAPConnection {
    try await LDAPConnection.open(try lab.options().connectionOptions(for: DomainController(host: lab["LAB_ADDRESS"])))
  }

  @Test func `a plain account gets DirSync with the object-security flag`() async throws {
    let domain = try lab.directory()
    #expect(try await domain.describe().method == .objectSecurity)
    let first = try await domain.changes(since: nil)
    #expect(first.changes.count > 100)
    #expect(try await domain.describe().method == .objectSecurity)
  }

  @Test(arguments: ReadMethod.allCases)
  func `every method shows the same objects and members`(method: ReadMethod) async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Ada", ["mail: ada@example.test"])
      try folder.addGroup("Readers", ["member: \(folder.place("CN=Ada"))"])
      let domain = try lab.directory(lab.options(method: .always(method)))
      let ada = try #require(await domain.guid(folder.place("CN=Ada")))
      let readers = try #require(await domain.guid(folder.place("CN=Readers")))
      let changes: [DirectoryChange]
      do {
        changes = try await domain.changes(since: nil).changes
      } catch DirectoryError.rightsMissing where method == .replication {
        return  // what a plain account is told
      }
      let user = try #require(changes.last { $0.guid == ada })
      #expect(user.attributes["mail"] == [Array("ada@example.test".utf8)])
      let group = try #require(changes.last { $0.guid == readers })
      #expect([.all([ada]), .difference(added: [ada], removed: [])].contains(group.members))
      #expect(!changes.contains { $0.objectClass == .computer })
    }
  }

  @Test func `the first answer of DirSync leaves no group to be read in full`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Ada")
      try folder.addGroup("Readers", ["member: \(folder.place("CN=Ada"))"])
      let changes = try await lab.directory().changes(since: nil).changes
      let groups = changes.filter { $0.objectClass == .group || $0.members != .unchanged }
      #expect(groups.count > 10)
      #expect(groups.filter(\.needsFullRead).isEmpty)
    }
  }

  @Test func `the controller says of itself what it is, and in which site`() async throws {
    let connection = try await connection()
    let root = try await RootEntry.read(from: connection)
    #expect(root.defaultNamingContext == (try lab["LAB_BASE_DN"]))
    #expect(root.dnsHostName == (try lab["LAB_DC"]))
    #expect(root.isSynchronized)
    #expect(!root.isReadOnly)
    #expect(root.highestCommittedUSN > 0)
    for control in [DirSyncRequest.identifier, PagedResults.identifier, LDAPControl.extendedDN.identifier] {
      #expect(root.supports(control), "\(control)")
    }
    let netlogon = try #require(await NetlogonAnswer.read(from: connection, domain: lab["LAB_DOMAIN"]))
    #expect(netlogon.isWritable)
    #expect(netlogon.controllerSite == "Default-First-Site-Name")
    await connection.close()
  }

  @Test func `of another domain the controller does not answer a ping`() async throws {
    let connection = try await connection()
    #expect(try await NetlogonAnswer.read(from: connection, domain: "other.example.test") == nil)
    await connection.close()
  }
}
