import LDAP
import Testing

@testable import ActiveDirectory

@Suite struct RangedValuesTests {
  @Test func `an entry without ranges is complete`() {
    let values = RangedValues(entry(("member", ["a"]), ("name", ["x"])))
    #expect(values.isComplete)
    #expect(values.entry["member"] == [[0x61]])
  }

  @Test func `blocks are joined until the last one says so`() throws {
    var values = RangedValues(entry(("member", []), ("member;range=0-1", ["a", "b"]), ("name", ["x"])))
    #expect(values.missing == ["member;range=2-*"])
    try values.append(entry(("member", []), ("member;range=2-3", ["c", "d"])))
    #expect(values.missing == ["member;range=4-*"])
    try values.append(entry(("member;range=4-*", ["e"])))
    #expect(values.isComplete)
    #expect(values.entry.attributes.filter { $0.description == "member" }.flatMap(\.values).count == 5)
    #expect(values.entry["name"] == [[0x78]])
  }

  @Test func `several attributes are continued at once`() throws {
    var values = RangedValues(entry(("memberOf;range=0-0", ["a"]), ("member;range=0-1", ["a", "b"])))
    #expect(values.missing == ["member;range=2-*", "memberof;range=1-*"])
    try values.append(entry(("member;range=2-*", ["c"])))
    #expect(values.isComplete, "past its end an attribute is not named at all")
  }

  @Test func `an empty block is the end`() throws {
    var values = RangedValues(entry(("member;range=0-1", ["a", "b"])))
    try values.append(entry(("member;range=2-3", [])))
    #expect(values.isComplete)
  }

  @Test func `a block that was not asked for is an error`() {
    var values = RangedValues(entry(("member;range=0-1", ["a", "b"])))
    #expect(throws: LDAPError.self) { try values.append(entry(("member;range=0-1", ["a", "b"]))) }
    #expect(throws: LDAPError.self) { try values.append(entry(("member;range=3-*", ["d"]))) }
  }

  private func entry(_ attributes: (String, [String])...) -> LDAPEntry {
    LDAPEntry(name: [], attributes: attributes.map { LDAPAttribute($0.0, $0.1.map { Array($0.utf8) }) })
  }
}
