import Model
import Testing

@Suite("GUID")
struct GUIDTests {
  static let bytes: [UInt8] = [
    0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF,
  ]
  static let text = "00112233-4455-6677-8899-aabbccddeeff"

  @Test("is written with its first three fields little-endian")
  func description() {
    #expect(GUID(bytes: Self.bytes)?.description == Self.text)
  }

  @Test("is read back from its string form in either case")
  func parsing() {
    #expect(GUID(Self.text)?.bytes == Self.bytes)
    #expect(GUID(Self.text.uppercased())?.bytes == Self.bytes)
  }

  @Test(
    "refuses what is none",
    arguments: ["", "00112233", "00112233-4455-6677-8899-aabbccddeefg", "001122334455-6677-8899-aabbccddeeff-"]
  )
  func refusals(text: String) {
    #expect(GUID(text) == nil)
  }

  @Test("refuses other than sixteen bytes", arguments: [0, 15, 17])
  func length(count: Int) {
    #expect(GUID(bytes: [UInt8](repeating: 1, count: count)) == nil)
  }
}
