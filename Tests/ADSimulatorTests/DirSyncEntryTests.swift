import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// What the entries of DirSync hold: MS-ADTS 3.1.1.3.4.1.3, MS-DRSR 4.1.10.5 and 5.115.5.
@Suite("Entries of DirSync") struct DirSyncEntryTests {
  @Test func `objects come first and then one entry a group for its links, without objectClass (MS-DRSR 5.115.5)`()
    async throws
  {
    let world = try Fixture()
    let anna = try world.user("Anna")
    let group = try world.group("Team", [anna])
    let later = try world.user("Later")
    let answer = try await world.dirSync()
    let entries = answer.entries(of: group)
    #expect(entries.count == 2 && answer.entries.last == entries.last)
    #expect(entries.first?["objectClass"] != nil && entries.first?["member"] == nil)
    #expect(entries.last?.descriptions == ["member;range=1-1", "objectGUID", "instanceType"])
    #expect(entries.last?.texts("member;range=1-1") == ["CN=Anna,CN=Users,\(Fixture.base)"])
    #expect(answer.entries(of: later).count == 1)
  }

  @Test func `a removed member is marked 0-0 and an added one 1-1 (MS-ADTS 3.1.1.3.4.1.3)`() async throws {
    let world = try Fixture()
    let (anna, ben) = (try world.user("Anna"), try world.user("Ben"))
    let group = try world.group("Team", [anna])
    let cookie = try await world.dirSync().cookie
    try world.domain.removeMember(anna, from: group, at: world.first)
    try world.domain.addMember(ben, to: group, at: world.first)
    let entries = try await world.dirSync(cookie: cookie).entries
    #expect(entries.count == 1)
    #expect(entries.first?.texts("member;range=0-0") == ["CN=Anna,CN=Users,\(Fixture.base)"])
    #expect(entries.first?.texts("member;range=1-1") == ["CN=Ben,CN=Users,\(Fixture.base)"])
  }

  @Test func `legacy members come as plain values of the object's entry (MS-DRSR 4.1.10.5.5)`() async throws {
    let world = try Fixture()
    let (anna, ben) = (try world.user("Anna"), try world.user("Ben"))
    let group = try world.group("Team", [ben])
    try world.domain.addMember(anna, to: group, isLegacy: true, at: world.first)
    let entries = try await world.dirSync().entries(of: group)
    #expect(entries.first?.texts("member") == ["CN=Anna,CN=Users,\(Fixture.base)"])
    #expect(entries.last?.texts("member;range=1-1") == ["CN=Ben,CN=Users,\(Fixture.base)"])
  }

  @Test func `a changed object has what changed, its objectGUID and instanceType`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna", mail: "a@corp.example.test")
    let cookie = try await world.dirSync().cookie
    try world.domain.modify(anna, "title", "Clerk", at: world.first)
    let changed = try await world.dirSync(cookie: cookie)
    #expect(changed.entries.map(\.descriptions) == [["title", "objectGUID", "instanceType"]])
    try world.domain.modify(anna, "mail", nil, at: world.first)
    let cleared = try await world.dirSync(cookie: changed.cookie)
    #expect(cleared.entries.first?["mail"] == [])
    #expect(cleared.entries.first?.descriptions == ["mail", "objectGUID", "instanceType"])
  }

  @Test func `the attribute list is a filter, and a star beside names is ignored`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna")
    let cookie = try await world.dirSync().cookie
    try world.domain.modify(anna, "description", "x", at: world.first)
    #expect(try await world.dirSync(cookie: cookie, attributes: ["*", "mail"]).entries.isEmpty)
    #expect(try await world.dirSync(cookie: cookie, attributes: ["description"]).entries.count == 1)
  }

  @Test func `a rename gives name and parentGUID, and not the RDN attribute; children are not told of`() async throws {
    let world = try Fixture()
    let unit = try world.domain.create(.organizationalUnit, name: "Old", in: world.domain.root, at: world.first)
    _ = try world.user("Anna", in: unit)
    let cookie = try await world.dirSync().cookie
    try world.domain.place(unit, name: "New", at: world.first)
    let entries = try await world.dirSync(cookie: cookie, attributes: Fixture.attributes + ["ou", "cn"]).entries
    #expect(entries.map(\.descriptions) == [["name", "parentGUID", "objectGUID", "instanceType"]])
    #expect(entries.first?["parentGUID"] == [world.domain.root.bytes] && entries.first?.dn == "OU=New,\(Fixture.base)")
  }

  @Test func `a parent that changed later comes after its children`() async throws {
    let world = try Fixture()
    let unit = try world.domain.create(.organizationalUnit, name: "Unit", in: world.domain.root, at: world.first)
    let anna = try world.user("Anna", in: unit)
    try world.domain.place(unit, name: "Unit 2", at: world.first)
    let order = try await world.dirSync().entries.compactMap { $0["objectGUID"]?.first.flatMap { GUID(bytes: $0) } }
    let (parent, child) = (try #require(order.firstIndex(of: unit)), try #require(order.firstIndex(of: anna)))
    #expect(child < parent)
  }

  @Test(arguments: [true, false])
  func `a deletion has isDeleted, lastKnownParent, the mangled name and no list of what went`(recycleBin: Bool)
    async throws
  {
    let world = try Fixture(recycleBin: recycleBin)
    let anna = try world.user("Anna", mail: "a@corp.example.test")
    let group = try world.group("Team", [anna])
    let cookie = try await world.dirSync().cookie
    try world.domain.deleteTree(anna, at: world.first)
    let answer = try await world.dirSync(cookie: cookie, controls: [.extendedDN])
    let entry = try #require(answer.entries.first)
    #expect(answer.entries.count == 1 && answer.entries(of: group).isEmpty)
    #expect(entry.texts("isDeleted") == ["TRUE"] && entry.texts("name") == ["Anna\nDEL:\(anna)"])
    #expect(entry.texts("lastKnownParent")?.first?.contains("CN=Users,\(Fixture.base)") == true)
    #expect(entry["mail"] == nil)
    #expect(entry.dn.hasSuffix("CN=Anna\\0ADEL:\(anna),CN=Deleted Objects,\(Fixture.base)"))
  }

  @Test func `a restore names isDeleted without a value, and not what came back with it`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna", mail: "a@corp.example.test")
    try world.domain.deleteTree(anna, at: world.first)
    let cookie = try await world.dirSync().cookie
    try world.domain.restore(anna, at: world.first)
    let entry = try #require(try await world.dirSync(cookie: cookie).entries.first)
    #expect(entry["isDeleted"] == [] && entry["mail"] == nil && entry.texts("name") == ["Anna"])
  }

  @Test func `extended DNs begin with GUID and SID (MS-ADTS 3.1.1.3.4.1.5)`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna")
    let group = try world.group("Team", [anna])
    let entries = try await world.dirSync(controls: [.extendedDN]).entries(of: group)
    let name = "<GUID=\(anna)>;<SID=S-1-5-21-1-2-3-1100>;CN=Anna,CN=Users,\(Fixture.base)"
    #expect(entries.last?.texts("member;range=1-1") == [name])
    #expect(entries.first?.dn.hasPrefix("<GUID=\(group)>;<SID=S-1-5-21-1-2-3-1101>;CN=Team,") == true)
  }

  @Test func `what is left of a membership's time comes with LINK_TTL (MS-ADTS 3.1.1.3.4.1.36)`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna")
    let group = try world.group("Team")
    try world.domain.addMember(anna, to: group, lasting: .seconds(90), at: world.first)
    world.domain.advance(by: .seconds(30))
    let plain = try await world.dirSync().entries(of: group).last
    #expect(plain?.texts("member;range=1-1") == ["CN=Anna,CN=Users,\(Fixture.base)"])
    let entries = try await world.dirSync(controls: [.extendedDN, .linkTTL]).entries(of: group)
    #expect(entries.last?.texts("member;range=1-1")?.first?.hasPrefix("<TTL=60>,<GUID=\(anna)>;") == true)
    let cookie = try await world.dirSync().cookie
    world.domain.advance(by: .seconds(60))
    #expect(try await world.dirSync(cookie: cookie).entries.isEmpty)
    #expect(try await world.read("<GUID=\(group)>", ["member"])?["member"] == nil)
  }
}
