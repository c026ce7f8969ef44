import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@testable import ActiveDirectory

@Suite("Reads from a domain controller that is not behind") struct ReplicationTests {
  private static let old = guid(0xA1)
  private static let new = guid(0xA2)

  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * Number($0))) }
  }

  static func vector(_ cursors: [(GUID, Int64)], version: UInt32 = 2) -> [UInt8] {
    bytes(version) + bytes(UInt32(0)) + bytes(UInt32(cursors.count)) + bytes(UInt32(0))
      + cursors.flatMap { $0.0.bytes + bytes($0.1) + (version == 2 ? bytes(UInt64(7)) : []) }
  }

  static func cookie(_ issuer: GUID = old, usn: Int64 = 500, cursors: [(GUID, Int64)]? = [(old, 400)]) -> [UInt8] {
    let vector: [UInt8] = cursors.map { Self.vector($0, version: 1) } ?? []
    return Array("MSDS".utf8) + bytes(UInt32(3)) + bytes(UInt64(1)) + bytes(UInt64(0)) + bytes(UInt32(vector.count))
      + bytes(usn) + bytes(Int64(0)) + bytes(usn) + issuer.bytes + vector
  }

  @Test func `a cookie of one domain controller has 108 bytes and tells what it covers`() throws {
    let bytes = Self.cookie()
    #expect(bytes.count == 108)
    let cookie = try #require(DirSyncCookie(bytes))
    #expect(cookie.invocationID == Self.old)
    #expect(cookie.covered == UpToDatenessVector([Self.old: 500]))
    #expect(DirSyncCookie(Self.cookie(cursors: nil))?.covered == nil)
  }

  @Test func `whatever is cut short or has a wrong count is no cookie and no vector`() {
    let cookie = Self.cookie(cursors: [(Self.old, 1), (Self.new, 2)])
    for length in 0..<cookie.count { #expect(DirSyncCookie(Array(cookie.prefix(length))) == nil) }
    let vector = Self.vector([(Self.old, 1)])
    for length in 0..<vector.count { #expect(UpToDatenessVector(vector.prefix(length)) == nil) }
    #expect(UpToDatenessVector(Self.vector([], version: 3)) == nil)
    #expect(UpToDatenessVector(Self.bytes(UInt32(2)) + [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]) == nil)
  }

  @Test func `random bytes are read without a trap`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var bytes = Self.cookie(cursors: [(Self.old, 1)])
      for _ in 0..<4 { bytes[Int.random(in: 4..<bytes.count, using: &generator)] = .random(in: 0...255) }
      _ = DirSyncCookie(bytes)?.covered
      _ = UpToDatenessVector(bytes.shuffled())
      _ = PollingCookie(bytes)
      _ = NetlogonAnswer([23, 0] + bytes)
    }
  }

  private func domain(
    _ head: [(GUID, Int64)]?,
    highestUSN: Int64 = 1000,
    time: ManualTime = ManualTime()
  ) -> ActiveDirectoryDomain {
    let head = head.map { [("replUpToDateVector", [Self.vector($0)])] } ?? []
    let client = ScriptedClient(ScriptedController(invocationID: Self.new, highestUSN: highestUSN, head: head))
    return .scripted(client, time: time)
  }

  @Test(
    arguments: [
      ([(old, 500)], cookie(), true),
      ([(old, 499)], cookie(), false),
      ([], cookie(), false),
      ([(old, 500)], cookie(cursors: [(new, 1000)]), true),
      ([(old, 500)], cookie(cursors: [(new, 1001)]), false),
      ([(old, 500)], cookie(cursors: [(guid(3), 5)]), false),
      ([(old, 400)], cookie(new, usn: 5000), true),
      ([(old, 399)], cookie(new, usn: 5000), false),
    ] as [([(GUID, Int64)], [UInt8], Bool)]
  )
  func `it must have all that the cookie covers`(head: [(GUID, Int64)], cookie: [UInt8], isEnough: Bool) async throws {
    #expect(try await isAllowed(domain(head), cookie) == isEnough)
  }

  @Test(arguments: [cookie(), cookie(cursors: nil), [1, 2, 3] as [UInt8]])
  func `one of which nobody can tell is trusted an hour after it came into use`(cookie: [UInt8]) async throws {
    let time = ManualTime()
    let head: [(GUID, Int64)]? = cookie.count == 108 ? nil : [(Self.old, Int64(500))]
    let domain = self.domain(head, time: time)
    #expect(try await !isAllowed(domain, cookie))
    time.advance(by: .seconds(3599))
    #expect(try await !isAllowed(domain, cookie))
    time.advance(by: .seconds(1))
    #expect(try await isAllowed(domain, cookie))
  }

  @Test func `without the right to see that, its own cookie is enough`() async throws {
    #expect(try await isAllowed(domain(nil), Self.cookie(Self.new)))
  }

  @Test func `what another one told before counts, though the cookie does not say so any more`() async throws {
    let time = ManualTime()
    let own = Self.cookie(Self.new, cursors: [(Self.new, 900), (Self.old, 499)])
    let heads: [[(GUID, Int64)]?] = [[(Self.old, Int64(499))], nil]
    for head in heads {
      let behind = domain(head, time: time)
      _ = try await behind.collect(since: Self.cookie())
      #expect(try await !isAllowed(behind, own))
      _ = try await behind.collect(since: nil)
      #expect(try await isAllowed(behind, own))
      _ = try await behind.collect(since: Self.cookie())
      time.advance(by: .seconds(3600))
      #expect(try await isAllowed(behind, own))
    }
    let level = domain([(Self.old, 500)])
    _ = try await level.collect(since: Self.cookie())
    #expect(try await isAllowed(level, own))
  }

  private func isAllowed(_ domain: ActiveDirectoryDomain, _ cookie: [UInt8]) async throws -> Bool {
    do {
      _ = try await domain.read([guid(9)], attributes: [], notBehind: cookie)
      return true
    } catch DirectoryError.behind {
      return false
    }
  }
}
