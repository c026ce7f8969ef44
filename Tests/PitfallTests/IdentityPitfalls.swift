import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@Suite("Pitfalls: who is who") struct IdentityPitfalls {
  @Test func `pitfall 4: an objectGUID is 16 raw bytes, of whose string form three fields are little-endian`()
    async throws
  {
    let bytes: [UInt8] = [
      0x51, 0x9A, 0x2C, 0x0F, 0x0E, 0x6D, 0x1A, 0x4B, 0x9A, 0x3C, 0x7F, 0x1D, 0x2E, 0x3A, 0x4B, 0x5C,
    ]
    let client = ScriptedClient { search in
      guard search.controls.contains(where: { $0.identifier == DirSyncRequest.identifier }) else { return nil }
      let user = entry([("objectGUID", [bytes]), ("instanceType", text("4")), ("objectClass", text("user"))])
      return .init(entries: [user], controls: [dirSyncAnswer([1])])
    }
    let domain = ActiveDirectoryDomain.scripted(client)
    let user = try #require(await domain.collect().changes.first?.guid)
    #expect("\(user)" == "0f2c9a51-6d0e-4b1a-9a3c-7f1d2e3a4b5c")
    #expect(user.bytes == bytes, "what an ImmutableID is the base64 form of")
    _ = try await domain.read([user], attributes: [], notBehind: nil)
    #expect(client.searches.last?.base == "<GUID=0f2c9a51-6d0e-4b1a-9a3c-7f1d2e3a4b5c>")
  }

  @Test func `pitfall 5: whether a name is that of an object is for the directory to say`() async throws {
    // To AD the names are the same: case, width and non-spacing marks do not count.
    let client = ScriptedClient { search in
      guard search.base.hasSuffix("DC=EXAMPLE,DC=com") else { return nil }
      let name = Array("OU=Vertrieb Süd,DC=example,DC=com".utf8)
      let attributes = [
        LDAPAttribute("objectGUID", [guid(9).bytes]), LDAPAttribute("objectClass", text("organizationalUnit")),
      ]
      return .init(entries: [LDAPEntry(name: name, attributes: attributes)])
    }
    let asked = try DistinguishedName(parsing: "ou=ＶＥＲＴＲＩＥＢ sud,DC=EXAMPLE,DC=com")
    let found = try #require(await ActiveDirectoryDomain.scripted(client).locate(asked))
    #expect(found.guid == guid(9))
    #expect(found.name.components.first?.value == "Vertrieb Süd")
    #expect(!found.name.matches(asked), "by comparing the two it would not have been found")
  }

  @Test(arguments: [
    (#"CN=\ lead\, trail\ ,DC=x"#, " lead, trail "), (##"CN=\#hash,DC=x"##, "#hash"), (#"CN=a\0Ab,DC=x"#, "a\nb"),
    (#"CN=a\+b\=c\;d\<e\>\"f\\,DC=x"#, #"a+b=c;d<e>"f\"#), (#"CN=\C3\A4,DC=x"#, "ä"),
  ])
  func `pitfall 5: names are escaped after RFC 4514, in both directions`(text: String, value: String) throws {
    let name = try DistinguishedName(parsing: text)
    #expect(name.components.map(\.value) == [value, "x"])
    #expect(try DistinguishedName(parsing: "\(name)") == name)
  }

  @Test func `pitfall 21: an object that lost a conflict over its name is not sent, and the other one stays`()
    async throws
  {
    let world = try World()
    await world.populate()
    try await world.run()
    let loser = await world.directory.create(40, .user, "User 11\nCNF:\(GUID.numbered(40))", World.person(40))
    try await world.run()
    #expect(world.sink.held(loser) == nil)
    #expect(try await world.link(loser)?.lastError?.contains("conflict") == true)
    #expect(world.sink.held(.numbered(11))?.resource.isActive == true)
    await world.directory.place(loser, name: "User 40")
    try await world.run()
    #expect(world.sink.held(loser) != nil)
  }

  @Test func `pitfall 21: two live objects with one name do not take it from each other, run by run`() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let second = await world.directory.create(40, .user, "Twin", World.person(11))
    // As a service answers that holds the name already (RFC 7644 section 3.12).
    world.sink.inject(.answer(.rejected(code: "uniqueness", reason: "u11 is taken")), for: second)
    try await world.run()
    world.sink.forgetOperations()
    for _ in 0..<5 {
      world.time.advance(by: .seconds(3600))
      try await world.run()
    }
    #expect(world.sink.operations.allSatisfy { $0.guid == second }, "the first one is not written again")
    #expect(world.sink.operations.count <= 5)
    #expect(try await world.link(second)?.state == .escrow)
    #expect(try await world.link(second)?.lastError?.contains("u11 is taken") == true)

    await world.directory.set(second, "userPrincipalName", "twin@corp.example.test")
    world.sink.inject(nil, for: second)
    try await world.run()
    #expect(world.sink.held(second)?.resource.attributes[.userName] == .string("twin@corp.example.test"))
  }

  @Test func `pitfall 22: another SID is the same object`() async throws {
    let head = entry([
      ("objectGUID", [ScriptedController.domain.bytes]), ("instanceType", text("5")),
      ("objectClass", text("domainDNS")),
      ("name", text("example")),
    ])
    let account = SID.domain.account(1100)?.bytes ?? []
    let moved = SID.domain.account(2200)?.bytes ?? []
    let client = ScriptedClient { search in
      guard let control = search.controls.first(where: { $0.identifier == DirSyncRequest.identifier }) else {
        return nil
      }
      let isFirst = control.value?.last == 0
      let user = [
        ("objectClass", text("user")), ("name", text("Ada")), ("parentGUID", [ScriptedController.domain.bytes]),
        ("objectSid", [account]), ("sAMAccountName", text("ada")),
      ]
      return .init(
        entries: isFirst ? [head, object(guid(1), user)] : [object(guid(1), [("objectSid", [moved])])],
        controls: [dirSyncAnswer([isFirst ? 1 : 2])]
      )
    }
    let world = try World()
    let pipeline = world.pipeline(ActiveDirectoryDomain.scripted(client, time: world.time))
    await pipeline.use([world.configuration])
    _ = try await pipeline.refresh()
    try await world.export()
    #expect(world.sink.held(guid(1)) != nil)
    world.sink.forgetOperations()
    _ = try await pipeline.refresh()
    try await world.export()
    #expect(try await world.store.read { try $0.object(guid(1))?.sid } == SID(bytes: moved))
    #expect(world.sink.operations.isEmpty)
    #expect(world.sink.held.count == 1)
  }
}
