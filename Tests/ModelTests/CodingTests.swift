import Model
import Testing

@Suite("Stored values")
struct CodingTests {
  static let image = Image(["title": [Array("Chef".utf8)], "proxyAddresses": [[1, 2], [], [0xFF]]])

  @Test("of an image come back as they were, in one canonical form")
  func image() throws {
    #expect(try Image(encoded: Self.image.encoded()) == Self.image)
    let same = Image(["PROXYADDRESSES": [[0xFF], [1, 2], []], "Title": [Array("Chef".utf8)]])
    #expect(same.encoded() == Self.image.encoded())
  }

  @Test("of a resource come back as they were")
  func resource() throws {
    let resource = Resource(
      kind: .user,
      externalID: try #require(GUID("00112233-4455-6677-8899-aabbccddeeff")),
      attributes: [
        "active": .boolean(false), "userName": .string("ü"), "list": .strings(["a", "b"]), "on": .boolean(true),
      ]
    )
    #expect(try Resource(encoded: resource.encoded()) == resource)
  }

  @Test("that are cut short or damaged are refused")
  func damage() {
    let bytes = Self.image.encoded()
    for length in 0..<bytes.count {
      #expect(throws: BinaryCodingError.self) { try Image(encoded: Array(bytes.prefix(length))) }
    }
    #expect(throws: BinaryCodingError.self) { try Image(encoded: bytes + [0]) }
    #expect(throws: BinaryCodingError.self) {
      try Image(encoded: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
    }
  }

  @Test("of numbers cover the whole range", arguments: [0, 127, 128, 300, UInt64.max])
  func numbers(number: UInt64) throws {
    var writer = BinaryWriter()
    writer.write(number)
    var reader = BinaryReader(writer.bytes)
    #expect(try reader.readNumber() == number)
    #expect(reader.isAtEnd)
  }
}
