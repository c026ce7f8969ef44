import LDAP
import Testing

@Suite struct DirSyncTests {
  @Test func `the flags are sent as the negative integer of four bytes that AD expects`() throws {
    let request = DirSyncRequest(flags: [.objectSecurity, .incrementalValues], maximumBytes: 10 << 20, cookie: [])
    let control = try request.control()
    #expect(control.identifier == "1.2.840.113556.1.4.841")
    #expect(control.isCritical)
    let expected: [UInt8] = [
      0x30, 0x0E,
      0x02, 0x04, 0x80, 0x00, 0x00, 0x01,  // not 02 05 00 80 …, which Samba takes too but AD does not
      0x02, 0x04, 0x00, 0xA0, 0x00, 0x00,
      0x04, 0x00,
    ]
    #expect(control.value == expected)
  }

  @Test func `the cookie is sent as it is`() throws {
    let cookie: [UInt8] = [0x4D, 0x00, 0xFF]
    let control = try DirSyncRequest(flags: [], maximumBytes: 0, cookie: cookie).control()
    #expect(control.value == [0x30, 0x0B, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x04, 0x03] + cookie)
  }

  @Test func `an answer gives its cookie and whether more follows`() throws {
    let last = try DirSyncResponse(response([0x30, 0x09, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x04, 0x01, 0x07]))
    #expect(last.cookie == [0x07])
    #expect(!last.hasMore)
    let more = try DirSyncResponse(response([0x30, 0x09, 0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x04, 0x01, 0x07]))
    #expect(more.hasMore)
  }

  @Test(
    arguments: [
      ("no value", nil),
      ("an empty value", []),
      ("no sequence", [0x04, 0x01, 0x07]),
      ("an end before the cookie", [0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00]),
      ("a length beyond the end", [0x30, 0x09, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x04, 0x7F, 0x07]),
      ("a sequence that lies about its length", [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x02, 0x01, 0x00]),
      ("an empty cookie", [0x30, 0x08, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x04, 0x00]),
    ] as [(String, [UInt8]?)]
  )
  func `a damaged answer is an error:`(what: String, value: [UInt8]?) {
    #expect(throws: LDAPError.self, "\(what)") { try DirSyncResponse(response(value)) }
  }

  @Test func `a cookie beyond all measure is an error`() throws {
    let size = DirSyncResponse.maximumCookieSize
    #expect(try DirSyncResponse(response(answer(withCookieOf: size))).cookie.count == size)
    #expect(throws: LDAPError.self) { try DirSyncResponse(response(answer(withCookieOf: size + 1))) }
    #expect(throws: LDAPError.self) { try DirSyncResponse(response(answer(withCookieOf: 2 * size))) }
  }

  private func response(_ value: [UInt8]?) -> LDAPControl {
    LDAPControl(identifier: DirSyncRequest.identifier, isCritical: false, value: value)
  }

  private func answer(withCookieOf size: Int) -> [UInt8] {
    func length(_ size: Int) -> [UInt8] {
      [0x84] + (0..<4).reversed().map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
    }
    let content = [0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x04] + length(size) + [UInt8](repeating: 7, count: size)
    return [0x30] + length(content.count) + content
  }
}
