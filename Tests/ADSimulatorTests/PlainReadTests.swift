import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// Reads without DirSync, as Windows answers them.
@Suite("Plain reads") struct PlainReadTests {
  @Test func `an object is found by its GUID and by its DN`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna, the first", mail: "a@corp.example.test")
    let dn = "CN=Anna\\, the first,CN=Users,\(Fixture.base)"
    for base in ["<GUID=\(anna)>", dn, dn.lowercased()] {
      let entry = try await world.read(base, ["mail", "objectGUID", "memberOf", "cn"])
      #expect(entry?.texts("mail") == ["a@corp.example.test"] && entry?["objectGUID"] == [anna.bytes])
      #expect(entry?.texts("cn") == ["Anna, the first"] && entry?["memberOf"] == nil && entry?.dn == dn)
    }
    #expect(try await world.read("CN=Nobody,\(Fixture.base)", ["cn"]) == nil)
    #expect(try await world.read("DC=other,DC=test", ["cn"]) == nil)
    let error = await world.refusal { _ = try await world.read("nonsense", ["cn"]) }
    #expect(error?.code == .invalidDNSyntax)
  }

  @Test func `deleted ones need SHOW_DELETED and recycled ones SHOW_RECYCLED (MS-ADTS 3.1.1.3.4.1.14, .21)`()
    async throws
  {
    let world = try Fixture()
    let anna = try world.user("Anna")
    try world.domain.deleteTree(anna, at: world.first)
    let base = "<GUID=\(anna)>"
    #expect(try await world.read(base, ["isDeleted"]) == nil)
    #expect(try await world.read(base, ["isDeleted"], [.showDeleted])?.texts("isDeleted") == ["TRUE"])
    world.domain.advance(by: .seconds(61 * 86_400))
    #expect(try await world.read(base, ["isDeleted"], [.showDeleted]) == nil)
    #expect(try await world.read(base, ["isRecycled"], [.showRecycled])?.texts("isRecycled") == ["TRUE"])
  }

  @Test func `values come MaxValRange at a time, beside an empty member (MS-ADTS 3.1.1.3.1.3.3)`() async throws {
    #expect(ControllerOptions().maxValRange == 1500)
    var options = ControllerOptions()
    options.maxValRange = 150
    let world = try Fixture(options)
    let members = try (0..<350).map { try world.user("U\($0)") }
    let base = "<GUID=\(try world.group("Giant", members))>"
    let first = try await world.read(base, ["member", "name"])
    #expect(first?["member"] == [] && first?["member;range=0-149"]?.count == 150)
    let second = try await world.read(base, ["member;range=150-*"])
    #expect(second?.descriptions == ["member;range=150-299"])
    let third = try await world.read(base, ["member;range=300-*"])
    #expect(third?["member;range=300-*"]?.count == 50)
    let all = [first?["member;range=0-149"], second?["member;range=150-299"], third?["member;range=300-*"]]
    #expect(Set(all.flatMap { $0 ?? [] }).count == 350)
    #expect(try await world.read(base, ["member;range=0-9"])?["member;range=0-9"]?.count == 10)
    #expect(try await world.read(base, ["member;range=350-*"])?.attributes == [])
  }

  @Test func `memberOf shows the groups, and uSNChanged stays when a member goes (MS-ADTS 3.1.1.5.5.6)`() async throws {
    let world = try Fixture()
    let anna = try world.user("Anna")
    let group = try world.group("Team", [anna])
    let groups = try await world.read("<GUID=\(anna)>", ["memberOf"])?.texts("memberOf")
    #expect(groups == ["CN=Team,CN=Users,\(Fixture.base)"])
    let before = try await world.read("<GUID=\(group)>", ["uSNChanged", "member"])
    try world.domain.deleteTree(anna, at: world.first)
    let after = try await world.read("<GUID=\(group)>", ["uSNChanged", "member"])
    #expect(before?["member"]?.count == 1 && after?["member"] == nil)
    #expect(before?["uSNChanged"] == after?["uSNChanged"])
  }

  @Test func `replUpToDateVector names the others, unless it may not be read`() async throws {
    let world = try Fixture(controllers: 2)
    _ = try world.user("Anna", at: 1)
    world.domain.replicateAll()
    let vector = try #require(try await world.read(Fixture.base, ["replUpToDateVector"])?["replUpToDateVector"]?.first)
    #expect(Array(vector.prefix(12)) == [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0] && vector.count == 16 + 32)
    world.controllers[0].change { $0.showsVector = false }
    #expect(try await world.read(Fixture.base, ["replUpToDateVector"])?.attributes == [])
  }
}
