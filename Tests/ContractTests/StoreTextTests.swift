import Engine
import Model
import Testing

@Suite("Store: text from outside")
struct StoreTextTests {
  static let texts = [
    "", "plain", "Robert'); DROP TABLE obj;--", "\"double\" `back` %_?1 :a @b $c", "tab\tnew\nline\r", "Ünïcödé – 漢字 🦊",
    "e\u{301} is not é", "\u{FEFF}mark", "\u{10FFFF}", "nul\0inside", "\0", String(repeating: "x", count: 100_000),
  ]

  @Test("comes back byte for byte", arguments: StoreKind.allCases, texts)
  func roundTrip(_ kind: StoreKind, _ text: String) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let object = try fixture.add(1, to: store) {
          $0.name = text
          $0.image = Image([AttributeName("x" + text): [Array(text.utf8)]])
        }
        var link = fixture.link(object)
        link.remoteID = text
        link.lastError = text
        link.desired = .sample(object.guid, name: text)
        try store.save(link)
        var run = try store.beginRun(fixture.configuration, reason: .timer, at: .at(0))
        run.detail = text
        try store.update(run)
        let stored = try #require(try store.object(object.id))
        let storedLink = try #require(try store.link(object.id, fixture.configuration))
        #expect(Array(stored.name.utf8) == Array(text.utf8))
        #expect(stored.image == object.image)
        #expect(storedLink.remoteID.map { Array($0.utf8) } == Array(text.utf8))
        #expect(storedLink.lastError.map { Array($0.utf8) } == Array(text.utf8))
        #expect(storedLink.desired == link.desired)
        #expect(try store.lastRun(of: fixture.configuration)?.detail.map { Array($0.utf8) } == Array(text.utf8))
      }
    }
  }
}
