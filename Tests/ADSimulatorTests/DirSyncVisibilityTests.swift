import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// What of the domain an account sees by DirSync, and in what portions.
@Suite("Visibility and pages of DirSync") struct DirSyncVisibilityTests {
  @Test func `the deletion of an invisible object has an empty DN (MS-DRSR 4.1.10.5.6)`() async throws {
    var options = ControllerOptions()
    options.mayReplicate = true
    let world = try Fixture(options)
    let anna = try world.user("Anna")
    world.domain.hide([anna])
    let full = try await world.dirSync()
    #expect(full.entries(of: anna).isEmpty)
    try world.domain.deleteTree(anna, at: world.first)
    let entry = try await world.dirSync(cookie: full.cookie).entries(of: anna).first
    #expect(entry?.name == [] && entry?.descriptions == ["objectGUID", "isDeleted"])
    let privileged = try await world.dirSync([.incrementalValues], cookie: full.cookie).entries(of: anna).first
    #expect(privileged?.name.isEmpty == false)
  }

  @Test func `an unreadable attribute looks removed (MS-DRSR 4.1.10.5.8)`() async throws {
    var options = ControllerOptions()
    options.confidentialAttributes = ["mail"]
    options.mayReplicate = true
    let world = try Fixture(options)
    let anna = try world.user("Anna", mail: "a@corp.example.test")
    #expect(try await world.dirSync().entries(of: anna).first?["mail"] == [])
    let privileged = try await world.dirSync([.incrementalValues]).entries(of: anna).first
    #expect(privileged?.texts("mail") == ["a@corp.example.test"])
    #expect(try await world.read("<GUID=\(anna)>", ["mail"])?["mail"] == nil)
  }

  @Test func `heads of other naming contexts come too (MS-DRSR 4.1.10.5.3)`() async throws {
    let child = try #require(GUID(bytes: [UInt8](repeating: 7, count: 16)))
    var options = ControllerOptions()
    options.subordinateContexts = [
      SubordinateContext(guid: child, name: "DC=child,\(Fixture.base)", instanceType: 11)
    ]
    let world = try Fixture(options)
    let answer = try await world.dirSync()
    #expect(answer.entries(of: child).first?.texts("instanceType") == ["11"])
    #expect(answer.entries(of: world.domain.root).first?.texts("instanceType") == ["5"])
    #expect(try await world.dirSync(cookie: answer.cookie).entries.isEmpty)
  }

  @Test func `a page has at most 1,000 objects and MoreResults (MS-DRSR 5.115.4)`() async throws {
    let world = try Fixture(page: 5000)
    for number in 0..<1010 { _ = try world.user("U\(number)") }
    let page = try await world.dirSync()
    #expect(page.hasMore && page.entries.count == 1000)
    let rest = try await world.dirSync(cookie: page.cookie)
    #expect(!rest.hasMore && rest.entries.count == 18)
  }

  @Test func `an empty page can have more behind it (MS-DRSR 4.1.10.5.7)`() async throws {
    let world = try Fixture()
    var faults = ControllerFaults()
    faults.emptyPages = 2
    world.controllers[0].inject(faults)
    let page = try await world.dirSync()
    #expect(page.entries.isEmpty && page.hasMore)
    #expect(try await world.cycle(cookie: page.cookie).entries.count == world.cycle().entries.count)
  }

  @Test func `repeats have the older values first (MS-DRSR 4.1.10.5.7)`() async throws {
    let world = try Fixture()
    var faults = ControllerFaults()
    faults.repeats = true
    world.controllers[0].inject(faults)
    let anna = try world.user("Anna", mail: "a@corp.example.test")
    let group = try world.group("Team", [anna])
    let answer = try await world.dirSync()
    #expect(answer.entries(of: anna).map { $0.texts("mail") } == [[], ["a@corp.example.test"]])
    let links = answer.entries(of: group).filter { $0["objectClass"] == nil }
    #expect(links.map { $0["member;range=0-0"]?.count } == [1, nil])
    #expect(links.map { $0["member;range=1-1"]?.count } == [nil, 1])
  }

  @Test func `the time limit ends an answer in its middle, without a cookie (MS-ADTS 3.1.1.3.4.6)`() async throws {
    let world = try Fixture()
    var faults = ControllerFaults()
    faults.timeLimitAfter = 3
    world.controllers[0].inject(faults)
    let request = DirSyncRequest(flags: [.objectSecurity], maximumBytes: 1, cookie: [])
    let search = LDAPSearch(
      base: Fixture.base,
      scope: .subtree,
      attributes: ["name"],
      controls: [try request.control()]
    )
    var count = 0
    let connection = try world.controllers[0].connect()
    let error = await world.refusal { _ = try await connection.search(search) { count += $0.count } }
    #expect(error?.code == .timeLimitExceeded && count == 3)
    _ = try await connection.search(search) { _ in }
  }

  @Test func `a lost connection stays lost`() async throws {
    let world = try Fixture()
    var faults = ControllerFaults()
    faults.breakAfter = 3
    world.controllers[0].inject(faults)
    let error = await world.refusal { _ = try await world.dirSync() }
    #expect(error?.code == .serverDown)
    let connection = try world.controllers[0].connect()
    world.domain.stop(world.first)
    let root = LDAPSearch(base: "", attributes: ["1.1"])
    let down = await world.refusal { _ = try await connection.entry(root) }
    world.domain.start(world.first)
    let stillDown = await world.refusal { _ = try await connection.entry(root) }
    #expect(down?.code == .serverDown && stillDown?.code == .serverDown)
  }
}
