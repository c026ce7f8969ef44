import Engine
import Foundation
import SQLiteStore
import Testing

@Suite("SQLite store: the lock")
struct StoreSQLiteLockTests {
  @Test("a second opener is refused, with the path, the holder and what to do")
  func refusesSecond() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let first = try SQLiteStore(path: path)
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
      #expect(error == .locked(path: path, holder: getpid()))
      #expect(
        error?.description
          == "the store \(path) is in use by process \(getpid()). Stop that process first, or give this one a store of its own"
      )
      // The refused one must not have taken the lock along when it went.
      #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
      try first.close()
    }
  }

  @Test("closing frees the store, and so does letting go of it")
  func released() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let first = try SQLiteStore(path: path)
      try first.close()
      try first.close()
      await #expect(throws: StoreError.self) { try await first.read { try $0.source(domain: "x") } }
      do { _ = try SQLiteStore(path: path) }
      let third = try SQLiteStore(path: path)
      try third.close()
      withExtendedLifetime(first) {}
    }
  }

  @Test("another process is refused as well")
  func acrossProcesses() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      let store = try SQLiteStore(path: path)
      let holder = getpid()
      await #expect(processExitsWith: .success) { [path = path as String, holder = holder as Int32] in
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(error == .locked(path: path, holder: holder))
      }
      try store.close()
    }
  }

  @Test("kill -9 frees the store, and keeps what was committed and nothing else")
  func killed() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
        let store = try SQLiteStore(path: path)
        try await store.write { _ = try $0.registerSource(domain: "committed.example") }
        try await store.write { store in
          _ = try store.registerSource(domain: "unfinished.example")
          kill(getpid(), SIGKILL)
        }
      }
      let store = try SQLiteStore(path: path)
      let (committed, unfinished) = try await store.read {
        (try $0.source(domain: "committed.example"), try $0.source(domain: "unfinished.example"))
      }
      #expect(committed != nil)
      #expect(unfinished == nil)
      try store.close()
    }
  }
}
