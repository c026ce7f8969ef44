import ActiveDirectory
import DirectoryTestSupport
import Engine
import Model
import TestSupport
import Testing

@Suite("Objects of a real domain", .enabled(if: LabEnvironment.isUsable, Comment(rawValue: LabEnvironment.absence)))
struct DirectoryReadTests {
  private let lab: LabEnvironment
  private let domain: ActiveDirectoryDomain

  init() throws {
    lab = try .required()
    domain = try lab.directory()
  }

  @Test func `an object is read in full, with its links in both directions`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Ada", ["mail: ada@example.test"])
      try folder.addGroup("Readers", ["member: \(folder.place("CN=Ada"))"])
      let parent = try #require(await domain.guid(folder.name))
      let ada = try #require(await domain.guid(folder.place("CN=Ada")))
      let readers = try #require(await domain.guid(folder.place("CN=Readers")))
      let read = try await domain.read([ada, readers], attributes: ["mail", "title"], notBehind: nil)

      let user = try #require(read[ada] ?? nil)
      #expect(user.name == "Ada")
      #expect(user.parent == parent)
      #expect(user.objectClass == .user)
      #expect(user.isDeleted == false)
      #expect(user.attributes == ["mail": [Array("ada@example.test".utf8)], "title": []])
      #expect(user.memberOf == [readers])
      #expect(user.members == .all([]))
      #expect((read[readers] ?? nil)?.members == .all([ada]))
    }
  }

  @Test func `a deleted object is still read`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Ada")
      let parent = try #require(await domain.guid(folder.name))
      let ada = try #require(await domain.guid(folder.place("CN=Ada")))
      try folder.delete("CN=Ada")
      let object = try #require(try await domain.read([ada], attributes: ["mail"], notBehind: nil)[ada] ?? nil)
      #expect(object.isDeleted == true)
      #expect(object.name == "Ada")
      #expect(object.lastKnownParent == parent)
      #expect(object.members == .unchanged)
      #expect(object.memberOf == nil)
    }
  }

  @Test func `an object that never was is nil`() async throws {
    let unknown = try #require(GUID("00000000-1111-2222-3333-444444444444"))
    let read = try await domain.read([unknown], attributes: [], notBehind: nil)
    #expect(read.keys.contains(unknown))
    #expect(read[unknown] == .some(.none))
  }

  @Test func `a place is found whatever its name looks like, and only if it is there`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.add("OU=Sales\\, \\#1 \\\"West\\\" Grüße", ["objectClass: organizationalUnit"])
      let name = try DistinguishedName(parsing: folder.place("OU=Sales\\, \\#1 \\\"West\\\" Grüße"))
      let found = try #require(await domain.locate(name))
      #expect(found.objectClass == .organizationalUnit)
      #expect(found.name.components.first?.value == "Sales, #1 \"West\" Grüße")
      #expect(try await domain.locate(DistinguishedName(parsing: folder.place("OU=Nowhere"))) == nil)
      #expect(try await domain.locate(DistinguishedName(parsing: "DC=other,DC=example,DC=org")) == nil)
    }
  }

  @Test func `a name that is none to the server is an error, not an absence`() async throws {
    let name = DistinguishedName([RelativeName(type: "", value: "x")])
    await #expect(throws: DirectoryError.self) { try await domain.locate(name) }
  }

  @Test func `a restored object says that it is deleted no longer`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Phoenix")
      let guid = try #require(await domain.guid(folder.place("CN=Phoenix")))
      try folder.delete("CN=Phoenix")
      var cookie = try await domain.changes(since: nil).cookie
      // Samba restores by the real DN only.
      let base = try lab["LAB_BASE_DN"]
      try folder.administrator.modify(
        """
        dn: CN=Phoenix\\0ADEL:\(guid),CN=Deleted Objects,\(base)
        control: 1.2.840.113556.1.4.417 true
        changetype: modify
        delete: isDeleted
        -
        replace: distinguishedName
        distinguishedName: \(folder.place("CN=Phoenix"))

        """
      )
      let restored = try #require(await domain.change(of: guid, since: &cookie))
      #expect(restored.isDeleted == false)
      #expect(restored.isRecycled == false)
      #expect(restored.name == "Phoenix")
      let read = try #require(try await domain.read([guid], attributes: [], notBehind: nil)[guid] ?? nil)
      #expect(read.isDeleted == false)
    }
  }
}
