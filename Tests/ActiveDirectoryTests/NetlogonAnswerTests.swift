import Testing

@testable import ActiveDirectory

@Suite("The answer to an LDAP ping") struct NetlogonAnswerTests {
  static func name(_ labels: String...) -> [UInt8] {
    labels.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  /// NETLOGON_SAM_LOGON_RESPONSE_EX (MS-ADTS 6.3.1.9), in which some names point back to the first as AD's do.
  static func answer(
    opcode: UInt8 = 23,
    flags: [UInt8] = [0x7D, 0xF1, 0x03, 0x00],
    client: [UInt8] = name("Branch")
  ) -> [UInt8] {
    let header: [UInt8] = [opcode, 0, 0, 0] + flags + [UInt8](repeating: 9, count: 16)
    let forest = name("corp", "example", "com")  // at 24
    let domain: [UInt8] = [0xC0, 24]
    let host: [UInt8] = [3] + Array("dc1".utf8) + [0xC0, 24]
    let rest = name("CORP") + name("DC1") + [0] + name("Head-Office") + client
    return header + forest + domain + host + rest + [5, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
  }

  @Test(arguments: [UInt8(23), 25])
  func `tells both sites and whether the controller can be written to`(opcode: UInt8) throws {
    let answer = try #require(NetlogonAnswer(Self.answer(opcode: opcode)))
    #expect(answer.controllerSite == "Head-Office")
    #expect(answer.clientSite == "Branch")
    #expect(answer.isWritable)
    let readOnly = try #require(NetlogonAnswer(Self.answer(flags: [0x7D, 0xF0, 0x03, 0x00])))
    #expect(!readOnly.isWritable)
  }

  @Test func `a client of no site gets an empty name`() throws {
    #expect(try #require(NetlogonAnswer(Self.answer(client: [0]))).clientSite.isEmpty)
  }

  @Test func `cut short it is none`() {
    let whole = Self.answer()
    let end = whole.count - 8  // the versions and tokens at the end are not looked at
    for length in 0..<end { #expect(NetlogonAnswer(Array(whole.prefix(length))) == nil) }
    #expect(NetlogonAnswer(Array(whole.prefix(end))) != nil)
  }

  @Test(arguments: [UInt8(0), 18, 19, 21, 24, 255])
  func `of another kind it is none`(opcode: UInt8) {
    #expect(NetlogonAnswer(Self.answer(opcode: opcode)) == nil)
  }

  @Test func `names that lead nowhere, in circles or are no text end the reading`() {
    func read(_ bytes: [UInt8], from start: Int = 0) -> String? {
      var names = CompressedNames(bytes, from: start)
      return names.next()
    }
    #expect(read([0xC0, 0]) == nil, "to itself")
    #expect(read([0xC0, 2, 1, 0x61, 0]) == nil, "forwards")
    #expect(read([0xC0, 9, 0]) == nil, "beyond the end")
    #expect(read([1, 0x61, 0xC0, 0], from: 2) == nil, "in a circle")
    #expect(read([0xC0]) == nil)
    #expect(read([0x40, 0]) == nil, "neither a label nor a pointer")
    #expect(read([5, 0x61, 0x62]) == nil, "a label beyond the end")
    #expect(read([1, 0xFF, 0]) == nil, "no UTF-8")
    #expect(read([2, 0x61, 0x0A, 0]) == nil, "a line feed")
    #expect(read([], from: 5) == nil)
    // Longer than any DNS name, by pointers to one another.
    let label = [UInt8(63)] + [UInt8](repeating: 0x61, count: 63)
    #expect(read(label + label + label + label + label + [0]) == nil)
  }

  @Test func `random bytes are read without a trap`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var bytes = Self.answer()
      for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255) }
      _ = NetlogonAnswer(bytes)
    }
  }
}
