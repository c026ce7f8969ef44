import Engine
import Foundation
import SQLiteStore
import Testing

@Suite("SQLite store: files")
struct StoreSQLiteFileTests {
  static let suffixes = ["", "-wal", "-shm", ".lock"]

  @Test("all files are for their owner alone, whatever the umask is", arguments: [0o000, 0o022, 0o277] as [UInt32])
  func modes(_ mask: UInt32) async throws {
    try await withScratchFolder { folder in
      let path = folder + "/new/store.sqlite"
      // The umask belongs to the process.
      await #expect(processExitsWith: .success) { [path = path as String, mask = mask as UInt32] in
        umask(mask)
        let store = try SQLiteStore(path: path)
        try await store.write { _ = try $0.registerSource(domain: "corp.example.com") }
        for suffix in StoreSQLiteFileTests.suffixes {
          #expect(try fileMode(path + suffix) == 0o600, "\(suffix)")
        }
        #expect(try fileMode(String(path.dropLast("/store.sqlite".count))) == 0o700)
        withExtendedLifetime(store) {}
      }
    }
  }

  @Test("files that others could read are narrowed")
  func narrowed() async throws {
    try await withScratchFolder { folder in
      let path = folder + "/store.sqlite"
      try SQLiteStore(path: path).close()
      for suffix in ["", ".lock"] {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path + suffix)
      }
      let store = try SQLiteStore(path: path)
      try await store.write { _ = try $0.registerSource(domain: "corp.example.com") }
      for suffix in Self.suffixes { #expect(try fileMode(path + suffix) == 0o600, "\(suffix)") }
      try store.close()
    }
  }

  @Test("an existing folder keeps its mode, and only one missing folder is made")
  func folder() async throws {
    try await withScratchFolder { folder in
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
      try SQLiteStore(path: folder + "/store.sqlite").close()
      #expect(try fileMode(folder) == 0o755)
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder + "/a/b/store.sqlite") }
      #expect(error == .unusable(path: folder + "/a/b", detail: "No such file or directory"))
      #expect(error?.description.contains("Check that the folder exists") == true)
    }
  }

  @Test("a path that is a folder is refused")
  func isFolder() async throws {
    try await withScratchFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/store", withIntermediateDirectories: false)
      let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder + "/store") }
      #expect(error == .unusable(path: folder + "/store", detail: "Is a directory"))
    }
  }
}

private func fileMode(_ path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
