import Engine
import Foundation
import GRDB
import Model
import SQLiteStore
import Synchronization
import Testing

@Suite("SQLite store: schema and settings")
struct StoreSQLiteSchemaTests {
  /// FNV-1a over the text of every released migration. A line may be added here, never changed: stores out there have
  /// run the old text, and would not run the new one.
  static let released = [
    "1 connector space, links and runs": 2886160269731077818 as UInt64
  ]

  @Test("released migrations are unchanged, and new ones are recorded here")
  func migrations() {
    let digests = Schema.migrations.map { ($0.name, fnv1a($0.sql)) }
    #expect(Dictionary(uniqueKeysWithValues: digests) == Self.released)
  }

  @Test("what was stored is there after closing and opening again")
  func reopens() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let before: StoreObservation
      do {
        let store = try SQLiteStore(path: path)
        let fixture = try await StoreFixture(store)
        before = try await store.write { store in
          try StoreScene(fixture, store).changeEverything(store)
          return try StoreObservation(store)
        }
        try store.close()
      }
      let store = try SQLiteStore(path: path)
      let after = try await store.read { try StoreObservation($0) }
      #expect(after == before)
      try store.close()
    }
  }

  @Test("a closed store is whole in its one file, so that this can be copied")
  func oneFile() async throws {
    try await withScratchFolder { folder in
      let store = try SQLiteStore(path: folder + "/store.sqlite")
      let fixture = try await StoreFixture(store)
      let object = try await store.write { try fixture.add(1, to: $0) }
      _ = try await store.read { try $0.object(object.id) }
      try store.close()
      try FileManager.default.copyItem(atPath: folder + "/store.sqlite", toPath: folder + "/copy.sqlite")
      let copy = try SQLiteStore(path: folder + "/copy.sqlite")
      let found = try await copy.read { try $0.object(object.id) }
      #expect(found == object)
      try copy.close()
    }
  }

  @Test("a store of a newer version is refused and left as it is")
  func newer() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      try SQLiteStore(path: path).close()
      try await DatabaseQueue(path: path).write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 something later')")
      }
      for _ in 1...2 {
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(error == .newer(path: path, migrations: ["2 something later"]))
        #expect(error?.description.contains("newer version of adprov (it has 2 something later)") == true)
      }
    }
  }

  @Test("the database of another program is refused and left as it is")
  func foreign() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/other.sqlite"
      let other = try DatabaseQueue(path: path)
      try await other.write { try $0.execute(sql: "CREATE TABLE t (a)") }
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
      #expect(error == .foreign(path: path))
      let found = try await other.read { database in
        (
          try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema"),
          try String.fetchOne(database, sql: "PRAGMA journal_mode")
        )
      }
      #expect(found.0 == ["t"])
      #expect(found.1 == "delete")
    }
  }

  @Test("a crash before the first migration leaves what can be opened")
  func crashBeforeMigration() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let half = try DatabaseQueue(path: path)
      try await half.write {
        try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      }
      try half.close()
      try SQLiteStore(path: path).close()
    }
  }

  @Test("every commit is forced to the disk, through a write-ahead log")
  func durable() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let pragmas = Mutex<[String]>([])
      let store = try SQLiteStore(path: path) { sql in
        if sql.contains("synchronous") { pragmas.withLock { $0.append(sql) } }
      }
      // GRDB chooses NORMAL when it turns the log on; ours must be the last word.
      #expect(pragmas.withLock { $0 } == ["PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"])
      try store.close()
      let mode = try await DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
      #expect(mode == "wal")
    }
  }

  @Test("every table is strict")
  func strict() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      try SQLiteStore(path: path).close()
      let loose = try await DatabaseQueue(path: path).read {
        try String.fetchAll(
          $0,
          sql:
            "SELECT name FROM pragma_table_list WHERE NOT strict AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'grdb_*'"
        )
      }
      #expect(loose.isEmpty)
    }
  }
}

private func fnv1a(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
