package import Engine
import Synchronization

/// A store that lives in memory and answers as the real one does, which the contract tests prove.
///
/// A write changes the state in place and is undone, change by change, when its body throws: its cost follows the
/// changes and not the state. A read works on a copy, which costs nothing until something is written meanwhile.
package final class MemoryStore: Store {
  private let state = Mutex(MemoryState())

  package init() {}

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws -> Value
  ) async throws -> Value {
    let snapshot = state.withLock { $0 }
    return try body(MemoryTransaction(snapshot))
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreWriter) throws -> Value
  ) async throws -> Value {
    try state.withLock { state in
      // Moved out and back, so that the transaction has the only reference to each table.
      let transaction = MemoryTransaction(state)
      state = MemoryState()
      defer { state = transaction.state }
      do {
        return try body(transaction)
      } catch {
        transaction.rollBack()
        throw error
      }
    }
  }
}
