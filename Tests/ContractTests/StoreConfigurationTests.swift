import Engine
import Model
import Testing

@Suite("Store: configurations")
struct StoreConfigurationTests {
  @Test("a configuration is registered once and keeps its fingerprint", arguments: StoreKind.allCases)
  func registersOnce(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let source = try await store.write { try $0.registerSource(domain: "corp.example.com").id }
      let missing = try await store.read { try $0.configuration(named: "main") }
      #expect(missing == nil)
      var record = try await store.write { try $0.registerConfiguration(named: "main", source: source) }
      #expect(record == ConfigurationRecord(id: record.id, name: "main", source: source))
      record.fingerprint = "f1"
      record.sink = "scim https://example.com/\0"
      try await store.write { [record] in try $0.update(record) }
      let again = try await store.write { try $0.registerConfiguration(named: "main", source: source) }
      #expect(again == record)
      let found = try await store.read { try $0.configuration(named: "main") }
      #expect(found == record)
    }
  }

  @Test("the configurations of a domain come in the order of their ids", arguments: StoreKind.allCases)
  func listed(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let names = try await store.write { store in
        let source = try store.registerSource(domain: "corp.example.com").id
        let other = try store.registerSource(domain: "other.example.com").id
        _ = try store.registerConfiguration(named: "b", source: source)
        _ = try store.registerConfiguration(named: "elsewhere", source: other)
        _ = try store.registerConfiguration(named: "a", source: source)
        return try store.configurations(in: source).map(\.name)
      }
      #expect(names == ["b", "a"])
    }
  }

  @Test("one that moves to another domain forgets what it knew of the first", arguments: StoreKind.allCases)
  func moves(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let id = fixture.configuration
      let (user, group, moved, stays) = try await store.write { store in
        let user = try fixture.add(1, to: store)
        let group = try fixture.add(2, .group, to: store)
        let stays = try store.registerConfiguration(named: "stays", source: fixture.source).id
        for configuration in [id, stays] {
          try store.save(LinkRecord(object: user.id, configuration: configuration, guid: user.guid, kind: .user))
          try store.markDirty(user.id, configuration)
        }
        try store.save(fixture.member(user, of: group))
        let root = ScopeRoot(
          name: try DistinguishedName(parsing: "OU=x"),
          isExcluded: false,
          guid: group.guid,
          objectClass: .group
        )
        try store.replaceScopeRoots(of: id, with: [root])
        try store.update(ConfigurationRecord(id: id, name: "main", source: fixture.source, fingerprint: "f"))
        let other = try store.registerSource(domain: "other.example.com").id
        return (user, group, try store.registerConfiguration(named: "main", source: other), stays)
      }
      #expect(moved.id == id)
      #expect(moved.fingerprint == nil)
      try await store.read { store throws in
        #expect(try store.configuration(named: "main") == moved)
        #expect(try store.link(user.id, id) == nil)
        #expect(try store.memberLink(group.id, id, user.id) == nil)
        #expect(try store.scopeRoots(of: id).isEmpty)
        #expect(try store.counts(of: id) == StoreCounts())
        #expect(try store.link(user.id, stays) != nil)
        #expect(
          try store.dirtyObjects(in: fixture.source, limit: 10)
            == [DirtyObject(object: user.id, configuration: stays)]
        )
      }
    }
  }

  @Test("scope roots come back as given, in their order, and are replaced as a whole", arguments: StoreKind.allCases)
  func scopeRoots(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let id = try await StoreFixture(store).configuration
      let roots = try [#"OU=Ä\, b\\\00,DC=corp"#, #"CN=\ '\"\; x\ ,DC=corp"#, "OU=a,DC=corp"].enumerated().map {
        ScopeRoot(
          name: try DistinguishedName(parsing: $1),
          isExcluded: $0 == 1,
          guid: .numbered($0),
          objectClass: .organizationalUnit
        )
      }
      for wanted in [roots, Array(roots.reversed()), []] {
        try await store.write { try $0.replaceScopeRoots(of: id, with: wanted) }
        let stored = try await store.read { try $0.scopeRoots(of: id) }
        #expect(stored == wanted)
      }
    }
  }

  @Test("a configuration needs a domain, and must exist to be changed", arguments: StoreKind.allCases)
  func refusals(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      await #expect(throws: (any Error).self) {
        _ = try await store.write { try $0.registerConfiguration(named: "x", source: SourceID(99)) }
      }
      await #expect(throws: (any Error).self) {
        let unknown = ConfigurationRecord(id: ConfigurationID(99), name: "x", source: fixture.source)
        try await store.write { try $0.update(unknown) }
      }
    }
  }
}
