import Model
import Testing

@testable import ActiveDirectory

@Suite struct AttributeDescriptionTests {
  @Test(
    arguments: [
      ("member", "member", nil),
      ("Member;Range=0-1499", "member", .init(lower: 0, upper: 1499)),
      ("member;range=1500-*", "member", .init(lower: 1500, upper: nil)),
      ("member;range=1-1", "member", .added),
      ("member;range=0-0", "member", .removed),
      ("userCertificate;binary", "usercertificate", nil),
      ("member;binary;range=5-9", "member", .init(lower: 5, upper: 9)),
      ("member;range=9-5", "member", nil),
      ("member;range=-5-5", "member", nil),
      ("member;range=*-*", "member", nil),
      ("member;range=", "member", nil),
      ("member;range=0-99999999999999999999", "member", nil),
      ("member;range=0-9223372036854775807", "member", nil),
      ("", "", nil),
      (";", "", nil),
    ] as [(String, AttributeName, AttributeDescription.Range?)]
  )
  func `tells name and range apart`(text: String, name: AttributeName, range: AttributeDescription.Range?) {
    let description = AttributeDescription(text)
    #expect(description.name == name)
    #expect(description.range == range)
  }
}
