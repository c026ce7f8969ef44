import ActiveDirectory
import ADSimulator
import Engine
import LDAP
import Model
import SimulatedLDAP
import Synchronization
import TestSupport
import Testing

/// What a simulated controller says of itself, as the agent understands it.
@Suite("What a controller says of itself") struct ControllerAnswerTests {
  @Test func `who it is, how far it is and how long it remembers`() async throws {
    let world = try Fixture()
    let description = try await Product(world, world.controllers.connector).directory.describe()
    #expect(description.controller == "dc1.corp.example.test" && description.namingContextGUID == world.domain.root)
    #expect(description.domainSID == world.domain.domainSID)
    #expect(description.deletionLifetime == .seconds(60 * 86_400))
    let root = try #require(try await world.read("", ["highestCommittedUSN", "supportedControl"]))
    #expect(root.text("highestCommittedUSN") == "\(description.highestCommittedUSN)")
    #expect(root.texts("supportedControl")?.contains(DirSyncRequest.identifier) == true)
  }

  @Test func `a read-only one has the capability of its kind and no DS_WRITABLE_FLAG (MS-ADTS 6.3.1.2)`() async throws {
    let world = try Fixture()
    #expect(try await flags(world) & 0x100 == 0x100)
    world.controllers[0].change { $0.isReadOnly = true }
    #expect(try await flags(world) & 0x100 == 0)
    let capabilities = try await world.read("", ["supportedCapabilities"])?.texts("supportedCapabilities")
    #expect(capabilities?.contains("1.2.840.113556.1.4.1920") == true)
    #expect(try await world.read(Fixture.base, ["instanceType"])?.texts("instanceType") == ["1"])
  }

  @Test func `to another domain's ping it says nothing (MS-ADTS 6.3.3.2)`() async throws {
    let world = try Fixture()
    #expect(try await ping(world, domain: "other.example.test") == nil)
  }

  @Test func `its site is where the agent looks next`() async throws {
    let world = try Fixture()
    world.controllers[0].change { $0.clientSite = "Branch" }
    let locator = Locator(servers: ["dc1.corp.example.test:389"])
    let directory = ActiveDirectoryDomain(
      ActiveDirectoryOptions(
        domain: "corp.example.test",
        controllers: [],
        security: .ldaps,
        credentials: .simple(identity: "reader", password: { [] }),
        failoverDelay: .zero
      ),
      connector: world.controllers.connector,
      locator: locator,
      time: ManualTime(),
      logger: Product.logger
    )
    _ = try await directory.describe()
    world.domain.stop(world.first)
    await #expect(throws: DirectoryError.self) { try await directory.pulse() }
    #expect(locator.asked.contains("Branch._sites.dc._msdcs.corp.example.test"))
  }

  private func ping(_ world: Fixture, domain: String) async throws -> [UInt8]? {
    let filter = "(&(DnsDomain=\(domain))(NtVer=\\16\\00\\00\\00))"
    let search = LDAPSearch(base: "", filter: filter, attributes: ["netlogon"])
    return try await world.controllers[0].connect().entry(search)?["netlogon"]?.first
  }

  private func flags(_ world: Fixture) async throws -> UInt32 {
    let answer = try #require(try await ping(world, domain: "corp.example.test"))
    return answer[4..<8].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private final class Locator: ServiceLocator {
    private let names = Mutex<[String]>([])
    private let servers: [String]

    init(servers: [String]) { self.servers = servers }

    var asked: [String] { names.withLock { $0 } }

    func servers(of name: String) async throws -> [String] {
      names.withLock { $0.append(name) }
      return servers
    }
  }
}
