import Model
import Testing

@testable import ActiveDirectory

@Suite struct ExtendedNameTests {
  private static let guid = "0f2c9a51-6d0e-4b1a-9a3c-7f1d2e3a4b5c"

  @Test(arguments: [
    ("<GUID=\(guid)>;<SID=S-1-5-21-1-2-3-500>;CN=Ada,DC=example,DC=com", "CN=Ada,DC=example,DC=com"),
    ("<GUID=\(guid)>;OU=Sales,DC=example,DC=com", "OU=Sales,DC=example,DC=com"),
    ("<SID=S-1-5-21-1-2-3-500>;<GUID=\(guid)>;CN=Ada", "CN=Ada"),
    ("<GUID=\(guid.uppercased())>", ""),
    ("<GUID=\(guid)>;CN=a\\<b\\>;c", "CN=a\\<b\\>;c"),
  ])
  func `gives the GUID and the DN`(text: String, name: String) throws {
    let parsed = try #require(ExtendedName(Array(text.utf8)))
    #expect(parsed.guid.description == Self.guid)
    #expect(parsed.name == name)
  }

  @Test(arguments: [
    "", "CN=Ada,DC=example,DC=com", "<GUID=", "<GUID=>", "<GUID=\(guid)", "<GUID=\(guid)>CN=Ada",
    "<GUID=\(guid)0>;CN=Ada",
    "<GUID=zf2c9a51-6d0e-4b1a-9a3c-7f1d2e3a4b5c>;CN=Ada", "<SID=S-1-5-32>;CN=Ada",
    "<GUID=\(guid)>;<GUID=\(guid)>;CN=Ada",
    "<<<<<<<<", ">", ";<GUID=\(guid)>", "<GUID=\(guid)>;<", "<GUID=519a2c0f0e6d1a4b9a3c7f1d2e3a4b5c>;CN=Ada",
  ])
  func `is nothing when it is not of that form:`(text: String) {
    #expect(ExtendedName(Array(text.utf8)) == nil)
  }

  @Test func `is nothing of bytes that are no text`() {
    #expect(ExtendedName(Array("<GUID=".utf8) + [UInt8](repeating: 0xFF, count: 36) + Array(">".utf8)) == nil)
  }
}
