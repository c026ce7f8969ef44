import Engine
import Foundation
import GRDB
import Model
import SQLiteStore
import Testing

@Suite("SQLite store: damage")
struct StoreSQLiteDamageTests {
  struct Damage: Sendable, CustomTestStringConvertible {
    let sql: String
    let reason: String
    var testDescription: String { sql }

    init(_ sql: String, _ reason: String) {
      self.sql = sql
      self.reason = reason
    }
  }

  @Test(
    "a value that cannot be read is an error that names its column, and no other object suffers",
    arguments: [
      Damage("UPDATE obj SET img = x'05' WHERE id = 1", "column img cannot be read, as stored value ends"),
      Damage("UPDATE obj SET img = x'0100ff' WHERE id = 1", "column img cannot be read"),
      Damage("UPDATE obj SET class = 99 WHERE id = 1", "column class cannot be read, as it is out of range"),
      Damage("UPDATE obj SET sid = x'00' WHERE id = 1", "column sid cannot be read, as it is not a SID"),
      Damage("UPDATE obj SET live = 2 WHERE id = 1", "column live cannot be read, as it is out of range"),
      Damage("UPDATE obj SET primary_group = -1 WHERE id = 1", "column primary_group cannot be read"),
      Damage("UPDATE obj SET rdn = 5 WHERE id = 1", "column rdn cannot be read, as it has the wrong type"),
      Damage("UPDATE obj SET rdn = x'ff' WHERE id = 1", "column rdn cannot be read, as it is not UTF-8"),
      Damage("UPDATE obj SET last_known_parent = x'00' WHERE id = 1", "column last_known_parent cannot be read"),
      Damage("UPDATE link SET desired = x'00' WHERE obj_id = 1", "column desired cannot be read"),
      Damage("UPDATE link SET kind = 'x' WHERE obj_id = 1", "column kind cannot be read"),
      Damage("UPDATE source SET nc_dn = 'x'", "column nc_dn cannot be read, as it is not a distinguished name"),
      Damage("DELETE FROM sequence", "a row that is always there is missing"),
    ]
  )
  func value(_ damage: Damage) async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let first = try SQLiteStore(path: path)
      let fixture = try await StoreFixture(first)
      let healthy = try await first.write { store in
        try store.save(fixture.confirmedLink(try fixture.add(1, to: store)))
        return try fixture.add(2, to: store)
      }
      try first.close()
      try await DatabaseQueue(path: path).write { try $0.execute(sql: damage.sql) }
      let store = try SQLiteStore(path: path)
      let error = await #expect(throws: StoreError.self) {
        try await store.write { store in
          _ = try store.object(ObjectID(1))
          _ = try store.link(ObjectID(1), fixture.configuration)
          _ = try store.source(fixture.source)
          _ = try store.nextVersion()
        }
      }
      guard case .damaged(path, let detail) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(detail.contains(damage.reason), "\(detail)")
      let stored = try await store.read { try $0.object(healthy.id) }
      #expect(stored == healthy)
      try store.close()
    }
  }

  @Test("a file that is no database is an error when opened")
  func noDatabase() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      try Data(repeating: 0x5A, count: 10_000).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
      #expect(error == .damaged(path: path, detail: "file is not a database (SQLite error 26)"))
      #expect(error?.description.contains("Restore a copy, or move the file away") == true)
    }
  }

  @Test("a file damaged within is an error when the damage is met")
  func damagedPages() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let first = try SQLiteStore(path: path)
      let fixture = try await StoreFixture(first)
      try await first.write { store in
        for number in 0..<2000 { _ = try fixture.add(number, to: store) }
      }
      try first.close()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let damaged = 4096 * 72
      try #require(bytes.count > damaged)
      bytes.replaceSubrange(damaged..., with: repeatElement(0xA5, count: bytes.count - damaged))
      try bytes.write(to: URL(fileURLWithPath: path))
      try? FileManager.default.removeItem(atPath: path + "-wal")
      let store = try SQLiteStore(path: path)
      let error = await #expect(throws: StoreError.self) {
        try await store.read { store in
          for number in 0..<2000 { _ = try store.object(.numbered(number)) }
        }
      }
      guard case .damaged = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try store.close()
    }
  }

  @Test(
    "a result code of SQLite becomes the error that helps",
    arguments: [
      (13, .full(path: "p")),
      (11, .damaged(path: "p", detail: "m (SQLite error 11)")),
      (267, .damaged(path: "p", detail: "m (SQLite error 267)")),
      (778, .unusable(path: "p", detail: "m (SQLite error 778)")),
      (8, .unusable(path: "p", detail: "m (SQLite error 8)")),
      (14, .unusable(path: "p", detail: "m (SQLite error 14)")),
      (787, .unexpected(path: "p", detail: "m (SQLite error 787)")),
    ] as [(Int32, StoreError)]
  )
  func codes(_ code: Int32, _ expected: StoreError) {
    #expect(StoreError(code: code, message: "m", path: "p") == expected)
  }
}
