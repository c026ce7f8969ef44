import Engine
import Synchronization

/// How many transactions a process has still to live.
final class Life: Sendable {
  struct Over: Error {}

  private let left = Mutex<Int?>(nil)

  var isDead: Bool { left.withLock { $0.map { $0 <= 0 } ?? false } }

  func dieAfter(writes: Int) { left.withLock { $0 = writes } }
  func revive() { left.withLock { $0 = nil } }

  /// False when that is beyond its end.
  func spend() -> Bool {
    left.withLock { left in
      guard let count = left else { return true }
      left = count - 1
      return count > 0
    }
  }
}

/// A store whose process ends after some writes: the last one is stored, and nothing comes after it.
struct DyingStore: Store {
  private let store: any Store
  private let life: Life

  init(_ store: any Store, _ life: Life) {
    self.store = store
    self.life = life
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws -> Value
  ) async throws -> Value {
    if life.isDead { throw Life.Over() }
    return try await store.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreWriter) throws -> Value
  ) async throws -> Value {
    guard life.spend() else { throw Life.Over() }
    return try await store.write(body)
  }
}
