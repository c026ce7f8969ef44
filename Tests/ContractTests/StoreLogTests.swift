import Engine
import Model
import Testing

@Suite("Store: the provisioning log")
struct StoreLogTests {
  @Test("an entry comes back with all its fields, and an id of its own", arguments: StoreKind.allCases)
  func entry(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let hostile = "it's \"so\"\0\u{1B}[31m;"
        let entry = LogEntry(
          id: 99,
          configuration: fixture.configuration,
          run: .max,
          time: .at(.max),
          guid: .numbered(1),
          kind: .group,
          name: hostile,
          action: .members,
          status: .failure,
          code: hostile,
          reason: hostile,
          remoteID: hostile,
          changes: [
            AttributeChange(path: "a", old: nil, new: .string(hostile)),
            AttributeChange(path: "b", old: .boolean(true), new: .boolean(false)),
            AttributeChange(path: "c", old: .strings([]), new: .strings(["", hostile])),
          ],
          members: LoggedMembers(
            addedCount: 101,
            removedCount: 1,
            added: [.init(guid: .numbered(2), name: hostile), .init(guid: .numbered(3), name: "")],
            removed: [.init(guid: .numbered(4), name: "four")]
          )
        )
        try store.append(entry)
        let bare = LogEntry.sample(fixture.configuration, .numbered(1), run: nil)
        try store.append(bare)
        var expected = [entry, bare]
        for index in expected.indices { expected[index].id = Int64(index + 1) }
        #expect(try store.log(of: fixture.configuration, LogQuery(.after(0), limit: 9)) == expected)
        #expect(try store.lastLogID(of: fixture.configuration) == 2)
      }
    }
  }

  @Test("each filter narrows, and pages go on where the last one ended", arguments: StoreKind.allCases)
  func queries(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        for number in 0..<12 {
          let configuration = number == 5 ? other : fixture.configuration
          try store.append(
            .sample(
              configuration,
              .numbered(number % 3),
              number: number,
              run: Int64(number / 4),
              at: .at(Int64(number))
            )
          )
        }
        func ids(_ position: LogQuery.Position, limit: Int = 99, _ change: (inout LogQuery) -> Void = { _ in }) throws
          -> [Int64]
        {
          var query = LogQuery(position, limit: limit)
          change(&query)
          return try store.log(of: fixture.configuration, query).map(\.id)
        }
        #expect(try ids(.latest(before: nil), limit: 3) == [12, 11, 10])
        #expect(try ids(.latest(before: 8), limit: 3) == [7, 5, 4])
        #expect(try ids(.after(4), limit: 3) == [5, 7, 8])
        #expect(try ids(.after(12)).isEmpty)
        #expect(try ids(.after(0)) { $0.guid = .numbered(1) } == [2, 5, 8, 11])
        #expect(try ids(.latest(before: 11)) { $0.guid = .numbered(1) } == [8, 5, 2])
        #expect(try ids(.after(0)) { $0.since = .at(9) } == [10, 11, 12])
        #expect(try ids(.after(0)) { $0.run = 1 } == [5, 7, 8])
        #expect(try ids(.after(0)) { $0.action = .create } == [1, 8])
        #expect(try ids(.after(0)) { $0.status = .held } == [4, 8, 12])
        #expect(
          try ids(.after(0)) {
            ($0.guid, $0.run, $0.action) = (.numbered(1), 1, .create)
          } == [8]
        )
        #expect(try store.log(of: other, LogQuery(limit: 9)).map(\.id) == [6])
      }
    }
  }

  @Test("what is too old or too much is forgotten, a bounded number at a time", arguments: StoreKind.allCases)
  func pruning(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let id = fixture.configuration
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        try store.append(.sample(other, .numbered(1), run: nil, at: .at(0)))
        for number in 1...10 { try store.append(.sample(id, .numbered(1), run: nil, at: .at(Int64(number)))) }
        func left() throws -> [Int64] { try store.log(of: id, LogQuery(.after(0), limit: 99)).map(\.time.milliseconds) }

        #expect(try store.pruneLog(of: id, before: .at(0), keeping: 10, limit: 5) == 0)
        #expect(try store.pruneLog(of: id, before: .at(4), keeping: 10, limit: 2) == 2)
        #expect(try store.pruneLog(of: id, before: .at(4), keeping: 10, limit: 2) == 1)
        #expect(try left() == [4, 5, 6, 7, 8, 9, 10])
        #expect(try store.pruneLog(of: id, before: .at(0), keeping: 4, limit: 99) == 3)
        #expect(try left() == [7, 8, 9, 10])
        #expect(try store.pruneLog(of: id, before: .at(99), keeping: 4, limit: 99) == 4)
        #expect(try store.lastLogID(of: id) == 0)
        try store.append(.sample(id, .numbered(1), run: nil))
        #expect(try store.lastLogID(of: id) == 12, "an id is never used again")
        #expect(try store.log(of: other, LogQuery(limit: 9)).count == 1)
      }
    }
  }

  @Test("an entry needs a configuration", arguments: StoreKind.allCases)
  func refusal(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      await #expect(throws: (any Error).self) {
        try await store.write { try $0.append(.sample(ConfigurationID(99), .numbered(1), run: nil)) }
      }
    }
  }

  @Test("runs come newest first", arguments: StoreKind.allCases)
  func runs(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      try await store.write { store in
        let other = try store.registerConfiguration(named: "other", source: fixture.source).id
        let runs = try (0..<4).map {
          try store.beginRun($0 == 1 ? other : fixture.configuration, reason: .timer, at: .at($0))
        }
        #expect(try store.runs(of: fixture.configuration, before: nil, limit: 2) == [runs[3], runs[2]])
        #expect(try store.runs(of: fixture.configuration, before: runs[3].id, limit: 9) == [runs[2], runs[0]])
      }
    }
  }

  @Test("a damaged list is refused")
  func damage() throws {
    let members = LoggedMembers(
      addedCount: 1,
      removedCount: 0,
      added: [.init(guid: .numbered(1), name: "a")],
      removed: []
    )
    let changes = LogEntry.sample(ConfigurationID(1), .numbered(1), run: nil).encodedChanges
    for count in 0..<members.encoded.count {
      #expect(throws: (any Error).self) { try LoggedMembers(encoded: Array(members.encoded.prefix(count))) }
    }
    for count in 0..<changes.count {
      #expect(throws: (any Error).self) { try LogEntry.changes(encoded: Array(changes.prefix(count))) }
    }
    #expect(throws: (any Error).self) { try LogEntry.changes(encoded: changes + [0]) }
  }
}

extension LogEntry {
  /// Of each action and status in turn.
  static func sample(
    _ configuration: ConfigurationID,
    _ guid: GUID,
    number: Int = 0,
    run: Int64?,
    at time: Timestamp = .at(5)
  ) -> LogEntry {
    LogEntry(
      configuration: configuration,
      run: run,
      time: time,
      guid: guid,
      kind: ResourceKind.allCases[number % 3],
      name: "CN=\(number)",
      action: LogAction.allCases[number % 7],
      status: LogStatus.allCases[number % 4],
      changes: [AttributeChange(path: "title", old: nil, new: .string("\(number)"))]
    )
  }
}
