import Engine
import Model
import Testing

@Suite("Store: several domains")
struct StoreDomainsTests {
  /// A second domain with a configuration of its own.
  private func other(_ store: any StoreWriter) throws -> (source: SourceID, configuration: ConfigurationID) {
    let source = try store.registerSource(domain: "other.example.com").id
    return (source, try store.registerConfiguration(named: "other", source: source).id)
  }

  private func setSink(_ sink: String, of names: [String], _ store: any StoreWriter) throws {
    for name in names {
      guard var record = try store.configuration(named: name) else { continue }
      record.sink = sink
      try store.update(record)
    }
  }

  @Test("an object goes to another domain with the work that waits for it", arguments: StoreKind.allCases)
  func moves(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try other(store)
        var group = try fixture.add(1, .group, to: store)
        try store.markDirty(group.id, nil)
        try store.markDirty(group.id, fixture.configuration)
        try store.markDirty(group.id, other.configuration)
        try store.markMemberDirty(group.id, .numbered(2))
        group.source = other.source
        group.isSuspect = true
        try store.update(group)
        let entries = [nil, fixture.configuration, other.configuration]
          .map { DirtyObject(object: group.id, configuration: $0) }
        #expect(try store.dirtyObjects(in: fixture.source, limit: 9) == [entries[1]])
        #expect(try store.dirtyObjects(in: other.source, limit: 9) == [entries[0], entries[2]])
        #expect(try store.dirtyMembers(in: fixture.source, limit: 9).isEmpty)
        #expect(try store.dirtyMembers(in: other.source, limit: 9).count == 1)
        #expect(try store.suspects(in: fixture.source, after: nil, limit: 9).isEmpty)
        #expect(try store.suspects(in: other.source, after: nil, limit: 9) == [group])
        #expect(try store.liveObjectCount(in: other.source) == 1)
        try store.clearDirty(entries)
        #expect(try store.dirtyObjects(in: fixture.source, limit: 9).isEmpty)
        #expect(try store.dirtyObjects(in: other.source, limit: 9).isEmpty)
      }
    }
  }

  @Test("objects that moved away are those that a configuration still has links of", arguments: StoreKind.allCases)
  func foreignObjects(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try other(store)
        var objects = try (1...3).map { try fixture.add($0, to: store) }
        for object in objects[..<2] { try store.save(fixture.confirmedLink(object)) }
        #expect(try store.foreignObjects(linkedBy: fixture.configuration).isEmpty)
        for index in objects.indices where index > 0 {
          objects[index].source = other.source
          try store.update(objects[index])
        }
        #expect(try store.foreignObjects(linkedBy: fixture.configuration) == [objects[1].id])
        #expect(try store.foreignObjects(linkedBy: other.configuration).isEmpty)
        #expect(try store.configurations().map(\.id) == [fixture.configuration, other.configuration])
      }
    }
  }

  @Test("what a domain claims of another one is listed from id to id", arguments: StoreKind.allCases)
  func claims(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let source = try other(store).source
        let claimed = try (1...3).map { try fixture.add($0, to: store) { $0.claimant = source } }
        _ = try fixture.add(4, to: store)
        #expect(try store.claims(by: source, after: nil, limit: 2) == Array(claimed[..<2]))
        #expect(try store.claims(by: source, after: claimed[1].id, limit: 2) == [claimed[2]])
        #expect(try store.claims(by: fixture.source, after: nil, limit: 2).isEmpty)
      }
    }
  }

  @Test("a SID finds its objects in all domains", arguments: StoreKind.allCases)
  func bySID(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let source = try other(store).source
        let principal = try fixture.add(1, .foreignSecurityPrincipal, to: store) { $0.sid = .numbered(5) }
        let user = try fixture.add(2, to: store) {
          $0.sid = .numbered(5)
          $0.source = source
          $0.isLive = false
        }
        _ = try fixture.add(3, to: store) { $0.sid = .numbered(6) }
        #expect(try store.objects(.numbered(5)) == [principal, user])
        #expect(try store.foreignPrincipals(.numbered(5)) == [principal])
        #expect(try store.objects(.numbered(7)).isEmpty)
      }
    }
  }

  @Test(
    "a member may be known to the sink through another configuration with the same one",
    arguments: StoreKind.allCases,
    ["same", "another"]
  )
  func sharedSink(_ kind: StoreKind, _ sink: String) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try other(store)
        let user = try fixture.add(1, to: store) { $0.source = other.source }
        let group = try fixture.add(2, .group, to: store)
        let groupLink = fixture.confirmedLink(group, .group)
        try store.save(groupLink)
        var link = LinkRecord(object: user.id, configuration: other.configuration, guid: user.guid, kind: .user)
        link.remoteID = "m"
        try store.save(link)
        let member = fixture.member(user, of: group)
        try store.save(member)
        #expect(try store.pendingMembers(of: group.id, fixture.configuration, at: .at(0), limit: 9).isEmpty)
        try setSink("same", of: ["main"], store)
        try setSink(sink, of: ["other"], store)
        let isKnown = sink == "same"
        #expect(
          try store.pendingMembers(of: group.id, fixture.configuration, at: .at(0), limit: 9)
            == (isKnown ? [member] : [])
        )
        #expect(
          try store.groupsWithPendingMembers(fixture.configuration, at: .at(0), limit: 9)
            == (isKnown ? [groupLink] : [])
        )
      }
    }
  }
}
