import Engine
import LDAP
import Logging
import Model
import Testing

@testable import ActiveDirectory

@Suite struct EntryReaderTests {
  private let entry = SampleEntry()
  private let reader = SampleEntry.reader(keeping: ["mail", "title", "manager", "userCertificate"])

  @Test func `a new user comes with all that is known of it`() throws {
    let change = try reader.change(
      from: entry.with(
        ("objectClass", ["top", "person", "organizationalPerson", "user"]),
        ("NAME", ["Ada"]),
        ("mail", ["a@b.c"]),
        ("primaryGroupID", ["513"]),
        ("cn", ["Ada"])
      )
    )
    let expected = DirectoryChange(
      guid: entry.guid,
      name: "Ada",
      objectClass: .user,
      primaryGroupRID: 513,
      attributes: ["mail": [Array("a@b.c".utf8)]]
    )
    #expect(change == expected)
  }

  @Test func `an attribute without values is a removed one`() throws {
    let change = try reader.change(from: entry.with(("title", [])))
    #expect(change == DirectoryChange(guid: entry.guid, attributes: ["title": []]))
  }

  @Test(arguments: [([String](), false), (["FALSE"], false), (["TRUE"], true), (["true"], false)])
  func `isDeleted and isRecycled are true only when they say so`(values: [String], expected: Bool) throws {
    let change = try reader.change(from: entry.with(("isDeleted", values), ("isRecycled", values)))
    #expect(change?.isDeleted == expected)
    #expect(change?.isRecycled == expected)
  }

  @Test func `an object that the account may not see is known by its GUID`() throws {
    var hidden = entry
    hidden.name = ""
    #expect(try reader.change(from: hidden.with(("isDeleted", ["TRUE"])))?.guid == entry.guid)
  }

  @Test func `a deleted user keeps its name and tells where it was`() throws {
    let change = try reader.change(
      from: entry.with(
        ("name", ["Ada\nDEL:\(entry.guid)"]),
        ("isDeleted", ["TRUE"]),
        ("lastKnownParent", ["<GUID=\(SampleEntry.other)>;OU=Sales,DC=example,DC=com"])
      )
    )
    #expect(change?.name == "Ada")
    #expect(change?.lastKnownParent == SampleEntry.other)
  }

  @Test(arguments: ["Ada", "DEL:", "\nDEL:", "Ada\nCNF:0f2c9a51-6d0e-4b1a-9a3c-7f1d2e3a4b5c", "Ada\nDEL:nonsense", "😀"])
  func `other names stay as they are`(name: String) {
    #expect(EntryReader.originalName(name) == name)
  }

  @Test func `added and removed members stand in one entry`() throws {
    let change = try reader.change(
      from: entry.with(
        ("member;range=1-1", ["<GUID=\(SampleEntry.other)>;CN=In"]),
        ("member;range=0-0", ["<GUID=\(entry.guid)>;<SID=S-1-5-21-1>;CN=Out"])
      )
    )
    #expect(change?.members == .difference(added: [SampleEntry.other], removed: [entry.guid]))
  }

  @Test func `members without a marker count as added`() throws {
    let change = try reader.change(
      from: entry.with(
        ("member", ["<GUID=\(entry.guid)>;CN=Old"]),
        ("member;range=1-1", ["<GUID=\(SampleEntry.other)>;CN=New"])
      )
    )
    #expect(change?.members == .difference(added: [entry.guid, SampleEntry.other], removed: []))
  }

  @Test func `an empty member may be the removal of the last one without a marker`() throws {
    let change = try reader.change(from: entry.with(("member", [])))
    #expect(change?.members == .unchanged && change?.needsFullRead == true)
  }

  @Test func `a member without a GUID stops the reading rather than being lost`() {
    #expect(throws: DirectoryError.self) {
      try reader.change(from: entry.with(("member;range=1-1", ["CN=Ada,DC=example,DC=com"])))
    }
  }

  @Test func `an entry without a GUID stops the reading`() {
    #expect(throws: DirectoryError.self) { try reader.change(from: LDAPEntry(name: [], attributes: [])) }
    #expect(throws: DirectoryError.self) {
      try reader.change(from: LDAPEntry(name: [], attributes: [LDAPAttribute("objectGUID", [[1, 2, 3]])]))
    }
  }

  @Test func `a replaced link of one value is its new value`() throws {
    let new = "<GUID=\(SampleEntry.other)>;CN=New"
    let change = try reader.change(
      from: entry.with(("manager;range=0-0", ["<GUID=\(entry.guid)>;CN=Old"]), ("manager;range=1-1", [new]))
    )
    #expect(change?.attributes["manager"] == [Array(new.utf8)])
    let removed = try reader.change(from: entry.with(("manager;range=0-0", ["<GUID=\(entry.guid)>;CN=Old"])))
    #expect(removed?.attributes["manager"] == [])
  }

  @Test func `options other than ranges are dropped`() throws {
    #expect(
      try reader.change(from: entry.with(("userCertificate;binary", ["x"])))?.attributes
        == ["userCertificate": [Array("x".utf8)]]
    )
  }

  @Test func `the head of another naming context is no object of the domain`() throws {
    #expect(try reader.change(from: entry.with(("instanceType", ["3"]))) == nil)
    #expect(try reader.change(from: entry.with(("instanceType", ["13"]))) == nil)
    #expect(try reader.change(from: entry.with(("instanceType", ["4"]))) != nil)
    let own = SampleEntry.reader(keeping: [], namingContext: entry.guid)
    #expect(
      try own.change(from: entry.with(("instanceType", ["5"]), ("objectClass", ["top", "domainDNS"])))?.objectClass
        == .domain
    )
  }

  @Test func `a value above 1 MiB drops its attribute and no other`() throws {
    let limit = EntryReader.maximumValueSize
    let change = try reader.change(
      from: entry.with(("title", [String(repeating: "x", count: limit + 1), "short"]), ("mail", ["a@b.c"]))
    )
    #expect(change?.attributes == ["mail": [Array("a@b.c".utf8)]])
    let fitting = try reader.change(from: entry.with(("title", [String(repeating: "x", count: limit)])))
    #expect(fitting?.attributes["title"]?.first?.count == limit)
  }

  @Test func `bytes that are no SID, GUID or number say nothing`() throws {
    let change = try reader.change(
      from: entry.with(
        ("objectSid", ["nonsense"]),
        ("parentGUID", ["short"]),
        ("primaryGroupID", ["-1"]),
        ("lastKnownParent", ["OU=x"])
      )
    )
    #expect(change == DirectoryChange(guid: entry.guid))
  }

  @Test func `what a full read does not name is not there`() throws {
    let object = try reader.object(
      from: entry.with(("name", ["Ada"]), ("mail", ["a@b.c"]), ("memberOf", ["<GUID=\(SampleEntry.other)>;CN=Crew"]))
    )
    #expect(object.isDeleted == false)
    #expect(
      object.attributes == ["mail": [Array("a@b.c".utf8)], "title": [], "manager": [], "userCertificate": []]
    )
    #expect(object.members == .all([]))
    #expect(object.memberOf == [SampleEntry.other])
  }

  @Test func `of a deleted object a full read says nothing about links, which are only hidden`() throws {
    let object = try reader.object(from: entry.with(("isDeleted", ["TRUE"])))
    #expect(object.isDeleted == true)
    #expect(object.members == .unchanged)
    #expect(object.memberOf == nil)
  }
}

/// An entry with an objectGUID, to which a test adds what it is about.
private struct SampleEntry {
  static let other = guid(2)

  var name = "CN=Ada,DC=example,DC=com"
  let guid = Self.guid(1)

  private static func guid(_ last: UInt8) -> GUID {
    guard let guid = GUID(bytes: [UInt8](repeating: 0, count: 15) + [last]) else { preconditionFailure("16 bytes") }
    return guid
  }

  func with(_ attributes: (String, [String])...) -> LDAPEntry {
    LDAPEntry(
      name: Array(name.utf8),
      attributes: [LDAPAttribute("objectGUID", [guid.bytes])]
        + attributes.map { LDAPAttribute($0.0, $0.1.map { Array($0.utf8) }) }
    )
  }

  static func reader(keeping attributes: Set<AttributeName>, namingContext: GUID? = nil) -> EntryReader {
    EntryReader(
      keeping: attributes,
      namingContext: namingContext ?? other,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    )
  }
}
