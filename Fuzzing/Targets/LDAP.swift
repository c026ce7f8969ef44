import LDAP

extension FuzzTarget {
  static let dirSyncResponse = FuzzTarget("dirsync-response", maximumSize: 256) { input in
    // A request has the form of an answer.
    let request = DirSyncRequest(flags: .incrementalValues, maximumBytes: 1 << 20, cookie: input.bytes)
    let asked = (try? request.control().value).flatMap { try? response($0) }
    require(input.bytes.isEmpty || asked?.cookie == input.bytes, "the cookie is sent as it came")
    guard let response = try? response(input.bytes) else { return }
    require(!response.cookie.isEmpty && response.cookie.count <= input.bytes.count, "the cookie is a part of the value")
    let written = element(
      0x30,
      element(0x02, [response.hasMore ? 1 : 0]) + element(0x02, [0]) + element(0x04, response.cookie)
    )
    require((try? FuzzTarget.response(written)) == response, "the written form reads as the same answer")
  }

  static let pagedResults = FuzzTarget("paged-results", maximumSize: 256) { input in
    let size = Int32(truncatingIfNeeded: input.bytes.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) } >> 1 | 1)
    let request = try? PagedResults.control(size: size, cookie: input.bytes)
    require(request.flatMap { try? PagedResults.nextCookie(in: [$0]) } == input.bytes, "the cookie is sent as it came")
    let answer = LDAPControl(identifier: PagedResults.identifier, isCritical: false, value: input.bytes)
    guard let cookie = try? PagedResults.nextCookie(in: [answer]) else { return }
    require(cookie.count < input.bytes.count, "the cookie is a part of the value")
    let again = try? PagedResults.control(size: size, cookie: cookie)
    require(
      again.flatMap { try? PagedResults.nextCookie(in: [$0]) } == cookie,
      "the written form reads as the same cookie"
    )
  }

  private static func response(_ value: [UInt8]) throws(LDAPError) -> DirSyncResponse {
    try DirSyncResponse(LDAPControl(identifier: DirSyncRequest.identifier, isCritical: false, value: value))
  }

  /// A BER element with a definite length (X.690 section 8.1.3).
  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length = UInt32(content.count)
    return [tag, 0x84] + (0..<4).map { UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * $0)) } + content
  }

  static let printableText = FuzzTarget("printable-text") { input in
    let text = String(printable: input.bytes)
    require(text.unicodeScalars.count <= 500, "the text is bounded")
    require(text.isPrintable, "the text has no control characters")
    require(String(printable: text.utf8).isIdentical(to: text), "printable text stays as it is")
  }
}
