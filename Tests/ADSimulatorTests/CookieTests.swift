import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// MS-DRSR 5.115.2.1, 5.115.10 and 5.115.11.
@Suite("Cookies of DirSync") struct CookieTests {
  @Test func `have the layout of MS-DRSR 5.115.2.1 and at the end of a cycle the vector`() async throws {
    let world = try Fixture(controllers: 2)
    let invocation = try await invocationID(world)
    let cookie = try await world.dirSync().cookie
    #expect(Array(cookie[0..<8]) == bytes("MSDS") + [3, 0, 0, 0])
    // 2027-01-15 08:00 UTC as a FILETIME, and a reserved field.
    #expect(number(cookie, 8) == (1_800_000_000_000 + 11_644_473_600_000) * 10_000)
    #expect(number(cookie, 16) == 0)
    #expect(Array(cookie[24..<28]) == [40, 0, 0, 0])
    let usn = try await highestUSN(world)
    #expect([number(cookie, 28), number(cookie, 36), number(cookie, 44)] == [usn, 0, usn])
    #expect(Array(cookie[52..<68]) == invocation.bytes)
    #expect(Array(cookie[68..<84]) == [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(cookie[84..<100]) == invocation.bytes && number(cookie, 100) == usn)
    #expect(cookie.count == 108)
  }

  @Test func `within a cycle have no vector and mean everything to another controller`() async throws {
    let world = try Fixture(controllers: 2, page: 3)
    let page = try await world.dirSync()
    #expect(page.hasMore && page.cookie.count == 68 && Array(page.cookie[24..<28]) == [0, 0, 0, 0])
    let whole = try await world.cycle(on: 1).entries.count
    #expect(try await world.cycle(cookie: page.cookie, on: 1).entries.count == whole)
    #expect(try await world.cycle(cookie: page.cookie, on: 0).entries.count == whole - page.entries.count)
  }

  @Test func `at the end of a cycle leave out at another controller what their vector covers`() async throws {
    let world = try Fixture(controllers: 2)
    let known = try world.user("Known")
    world.domain.replicateAll()
    let cookie = try await world.cycle(on: 0).cookie
    let unknown = try world.user("New", at: 1)
    let answer = try await world.cycle(cookie: cookie, on: 1)
    #expect(answer.entries(of: known).isEmpty && answer.entries(of: unknown).count == 1)
    #expect(answer.entries.count == 1)
  }

  @Test func `of a controller that was put back give nothing and no error`() async throws {
    let world = try Fixture()
    let snapshot = world.domain.snapshot(of: world.first)
    for number in 0..<5 { _ = try world.user("U\(number)") }
    let cookie = try await world.cycle().cookie
    world.domain.rollBack(world.first, to: snapshot)
    _ = try world.user("After")
    let answer = try await world.dirSync(cookie: cookie)
    #expect(answer.entries.isEmpty && !answer.hasMore)
  }

  @Test func `of an unknown invocation give everything`() async throws {
    let world = try Fixture()
    let whole = try await world.cycle()
    var cookie = whole.cookie
    for index in Array(52..<68) + Array(84..<100) { cookie[index] ^= 0xFF }
    #expect(try await world.cycle(cookie: cookie).entries == whole.entries)
  }

  @Test func `that are damaged are refused with Error processing control`() async throws {
    let world = try Fixture()
    let cookie = try await world.cycle().cookie
    let inverted = bytes("SDSM") + Array(cookie.dropFirst(4))
    for damaged: [UInt8] in [Array(cookie.prefix(67)), inverted, [1]] {
      let error = await world.refusal { _ = try await world.dirSync(cookie: damaged) }
      #expect(error?.code == .protocolError)
      #expect(error?.reason.hasPrefix("0000203D") == true && error?.reason.contains("Error processing control") == true)
    }
  }

  @Test func `with a vector that is cut off count as without one (MS-DRSR 5.115.11)`() async throws {
    let world = try Fixture(controllers: 2)
    world.domain.replicateAll()
    let cookie = try await world.cycle().cookie
    let cut = Array(cookie.dropLast())
    #expect(try await world.cycle(cookie: cookie, on: 1).entries.isEmpty)
    #expect(try await world.cycle(cookie: cut, on: 1).entries.count == world.cycle(on: 1).entries.count)
    #expect(try await world.cycle(cookie: cut).entries.isEmpty)
  }

  @Test(arguments: [LDAPResultCode.protocolError, .unavailableCriticalExtension, .unwillingToPerform])
  func `can be refused once with each code seen in the field`(code: LDAPResultCode) async throws {
    let world = try Fixture()
    let cookie = try await world.cycle().cookie
    var faults = ControllerFaults()
    faults.cookieRefusal = code
    world.controllers[0].inject(faults)
    _ = try await world.dirSync()
    let error = await world.refusal { _ = try await world.dirSync(cookie: cookie) }
    #expect(error?.code == code)
    _ = try await world.dirSync(cookie: cookie)
  }

  private func number(_ bytes: [UInt8], _ offset: Int) -> Int64 {
    bytes[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | Int64($1) }
  }

  private func invocationID(_ world: Fixture) async throws -> GUID {
    let root = try await world.read("", ["dsServiceName"])
    let service = try #require(root?.text("dsServiceName"))
    let entry = try await world.read(service, ["invocationId"])
    return try #require(entry?["invocationId"]?.first.flatMap { GUID(bytes: $0) })
  }

  private func highestUSN(_ world: Fixture) async throws -> Int64 {
    let root = try await world.read("", ["highestCommittedUSN"])
    return try #require(root?.text("highestCommittedUSN").flatMap { Int64($0) })
  }
}
