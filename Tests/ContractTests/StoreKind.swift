import Engine
import Foundation
import SQLiteStore
import TestSupport
import Testing

/// The implementations of the Store port; every test of the contract runs on each.
enum StoreKind: CaseIterable, CustomTestStringConvertible {
  case memory
  case sqlite

  var testDescription: String { "\(self)" }

  /// Lends an empty store.
  func withStore(_ body: (any Store) async throws -> Void) async throws {
    switch self {
    case .memory: try await body(MemoryStore())
    case .sqlite:
      try await withScratchFolder { folder in
        let store = try SQLiteStore(path: folder + "/store.sqlite")
        try await body(store)
        try store.close()
      }
    }
  }
}

func withScratchFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("adprov-store-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}
