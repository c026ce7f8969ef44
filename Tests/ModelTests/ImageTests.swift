import Model
import Testing

@Suite("Image")
struct ImageTests {
  @Test("drops an attribute that arrives without values")
  func cleared() {
    var image = Image(["title": [Array("Chef".utf8)], "mail": [Array("a@b".utf8)]])
    image.merge(["Title": []])
    #expect(image.text("title") == nil)
    #expect(image.text("mail") == "a@b")
  }

  @Test("gives the smallest of several values, and none that is not UTF-8")
  func text() {
    let image = Image(["list": [Array("b".utf8), Array("a".utf8)], "binary": [[0xFF, 0xFE]]])
    #expect(image.text("list") == "a")
    #expect(image.text("binary") == nil)
  }
}

@Suite("Object class")
struct ObjectClassTests {
  @Test(
    "is the most specific one that matters",
    arguments: [
      (["top", "person", "organizationalPerson", "user"], ObjectClass.user),
      (["top", "person", "organizationalPerson", "user", "computer"], .computer),
      (["top", "person", "user", "inetOrgPerson"], .user), (["top", "group"], .group),
      (["top", "organizationalUnit"], .organizationalUnit), (["top", "domain", "domainDNS"], .domain),
      (["top", "lostAndFound"], .container), (["top", "printQueue"], .other),
    ]
  )
  func classes(values: [String], expected: ObjectClass) {
    #expect(ObjectClass(values: values) == expected)
  }
}

@Suite("Resource")
struct ResourceTests {
  @Test("tells what differs from an earlier state, sorted")
  func changes() {
    let guid = GUID("00112233-4455-6677-8899-aabbccddeeff")
    guard let guid else { return }
    let before = Resource(kind: .user, externalID: guid, attributes: ["a": .string("1"), "b": .string("2")])
    let after = Resource(kind: .user, externalID: guid, attributes: ["b": .string("3"), "c": .boolean(true)])
    #expect(
      after.changes(from: before) == [
        AttributeChange(path: "a", old: .string("1"), new: nil),
        AttributeChange(path: "b", old: .string("2"), new: .string("3")),
        AttributeChange(path: "c", old: nil, new: .boolean(true)),
      ]
    )
  }
}
