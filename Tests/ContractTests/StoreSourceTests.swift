import Engine
import Model
import Testing

@Suite("Store: sources")
struct StoreSourceTests {
  @Test("a domain is registered once, whatever the case of its name", arguments: StoreKind.allCases)
  func registersOnce(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let first = try await store.write { try $0.registerSource(domain: "Corp.Example.com") }
      let second = try await store.write { try $0.registerSource(domain: "corp.example.com") }
      let other = try await store.write { try $0.registerSource(domain: "other.example.com") }
      #expect(first == second)
      #expect(first == SourceRecord(id: first.id, domain: "corp.example.com"))
      #expect(other.id != first.id)
      let found = try await store.read { try $0.source(domain: "CORP.example.com") }
      #expect(found == first)
    }
  }

  @Test("what was never registered is not there", arguments: StoreKind.allCases)
  func unknown(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let byDomain = try await store.read { try $0.source(domain: "corp.example.com") }
      let byID = try await store.read { try $0.source(SourceID(7)) }
      #expect(byDomain == nil)
      #expect(byID == nil)
      await #expect(throws: (any Error).self) {
        try await store.write { try $0.update(SourceRecord(id: SourceID(7), domain: "x")) }
      }
    }
  }

  @Test("every field of a source is kept, and taken back", arguments: StoreKind.allCases)
  func fields(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let empty = try await store.write { try $0.registerSource(domain: "corp.example.com") }
      var full = empty
      full.namingContext = try DistinguishedName(parsing: "DC=corp,DC=example,DC=com")
      full.namingContextGUID = .numbered(1)
      full.domainSID = .numbered(9)
      full.controller = "dc1.corp.example.com"
      full.invocationID = .numbered(2)
      full.controllers.note("dc1", invocationID: .numbered(2), highestUSN: .max)
      full.controllers.note("dc2", invocationID: .numbered(3), highestUSN: 0)
      full.method = .updateSequence
      full.stableCookie = [0, 1, 255]
      full.cycleCookie = []
      full.cookieSum = .min
      full.cookieTime = .at(.min)
      full.cycleBegan = .at(6)
      full.readUntil = .at(7)
      full.coveredCookie = [7]
      full.coveredSince = .at(5)
      full.readFingerprint = "abc"
      full.generation = .max
      full.isFullCycle = true
      full.lastFullRead = .at(1)
      full.fullReadReason = "because"
      full.fullReadDue = .at(2)
      for record in [full, empty] {
        try await store.write { try $0.update(record) }
        let stored = try await store.read { try $0.source(record.id) }
        #expect(stored == record)
      }
    }
  }
}
