import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// Searches below a base: filters, the limit of a page and its cookies.
@Suite("Searches of a subtree") struct SubtreeSearchTests {
  @Test func `more than MaxPageSize without pages are cut with sizeLimitExceeded (MS-ADTS 3.1.1.3.4.6)`() async throws {
    #expect(ControllerOptions().maxPageSize == 1000)
    let world = try Fixture(Self.smallPages)
    for number in 0..<110 { _ = try world.user("U\(number)") }
    var count = 0
    let connection = try world.controllers[0].connect()
    let error = await world.refusal {
      _ = try await connection.search(Self.search("(objectClass=user)")) { count += $0.count }
    }
    #expect(error?.code == .sizeLimitExceeded && count == 100)
  }

  @Test func `pages are of MaxPageSize at most and their cookies good on their connection only (RFC 2696)`()
    async throws
  {
    let world = try Fixture(Self.smallPages)
    for number in 0..<230 { _ = try world.user("U\(number)") }
    let connection = try world.controllers[0].connect()
    var (cookie, pages) = ([UInt8](), [Int]())
    repeat {
      let before = cookie
      if !before.isEmpty {
        let stranger = try world.controllers[0].connect()
        let error = await world.refusal { _ = try await Self.page(stranger, before, size: 5000) }
        #expect(error?.code == .unwillingToPerform)
      }
      let page = try await Self.page(connection, cookie, size: 5000)
      pages.append(page.count)
      cookie = page.cookie
    } while !cookie.isEmpty
    #expect(pages == [100, 100, 30])
  }

  @Test func `of paged searches beyond MaxResultSetsPerConn the oldest breaks off (MS-ADTS 3.1.1.3.4.6)`() async throws
  {
    var options = ControllerOptions()
    options.maxResultSets = 2
    let world = try Fixture(options)
    for number in 0..<5 { _ = try world.user("U\(number)") }
    let connection = try world.controllers[0].connect()
    var cookies: [[UInt8]] = []
    for _ in 0..<3 { cookies.append(try await Self.page(connection, [], size: 2).cookie) }
    let oldest = cookies[0]
    let error = await world.refusal { _ = try await Self.page(connection, oldest, size: 2) }
    #expect(error?.code == .unwillingToPerform)
    #expect(try await Self.page(connection, cookies[2], size: 2).count == 2)
  }

  @Test func `filters of the agent are understood`() async throws {
    let world = try Fixture()
    let before = try await world.read("", ["highestCommittedUSN"])?.text("highestCommittedUSN").flatMap { Int64($0) }
    let anna = try world.user("Anna", mail: "A@corp.example.test")
    let sid = bytes("\\01\\05\\00\\00\\00\\00\\00\\05\\15\\00\\00\\00\\01\\00\\00\\00\\02\\00\\00\\00\\03\\00\\00\\00")
    let guid = anna.bytes.map { "\\" + hexDigits(of: $0) }.joined()
    for filter in [
      "(uSNChanged>=\((before ?? 0) + 1))", "(objectGUID=\(guid))",
      "(objectSid=\(String(decoding: sid, as: UTF8.self))\\4c\\04\\00\\00)", "(&(mail=a@CORP.example.test)(mail=*))",
      "(&(|(objectClass=user)(objectClass=contact))(!(objectClass=computer)))",
      "(userAccountControl:1.2.840.113556.1.4.803:=512)",
    ] {
      let found = try await Self.found(world, filter)
      #expect(found == [anna], "\(filter)")
    }
  }

  @Test(arguments: ["(cn=a*)", "(cn~=a)", "(uSNChanged<=1)", "(member:1.2.840.113556.1.4.1941:=x)", "cn=a", "(cn=a))"])
  func `others are refused and not ignored`(filter: String) async throws {
    let world = try Fixture()
    let error = await world.refusal { _ = try await Self.found(world, filter) }
    #expect(error?.code == .unwillingToPerform && error?.reason.contains(filter) == true)
  }

  private static var smallPages: ControllerOptions {
    var options = ControllerOptions()
    options.maxPageSize = 100
    return options
  }

  private static func search(_ filter: String) -> LDAPSearch {
    LDAPSearch(base: Fixture.base, scope: .subtree, filter: filter, attributes: ["objectGUID"])
  }

  private static func found(_ world: Fixture, _ filter: String) async throws -> [GUID] {
    var found: [GUID] = []
    _ = try await world.controllers[0].connect().search(search(filter)) { entries in
      found += entries.compactMap { $0["objectGUID"]?.first.flatMap { GUID(bytes: $0) } }
    }
    return found
  }

  private static func page(
    _ connection: any LDAPClient,
    _ cookie: [UInt8],
    size: Int32
  ) async throws -> (count: Int, cookie: [UInt8]) {
    var search = search("(objectClass=user)")
    search.controls = [try PagedResults.control(size: size, cookie: cookie)]
    var count = 0
    let end = try await connection.search(search) { count += $0.count }
    return (count, try PagedResults.nextCookie(in: end))
  }
}
