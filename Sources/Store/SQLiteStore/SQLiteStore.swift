package import Engine
import GRDB
import Synchronization

/// The store in one SQLite file: write-ahead log, every commit on the disk before it is reported (synchronous=FULL).
package final class SQLiteStore: Store {
  private let path: String
  private let pool: DatabasePool
  private let lock: Mutex<StoreLock?>

  /// Opens the database, making or upgrading it as needed; its folder is made if only that one is missing.
  ///
  /// - Parameter onStatement: for tests; hears the text of every statement that runs, with `?` for values.
  package init(path: String, onStatement: (@Sendable (String) -> Void)? = nil) throws(StoreError) {
    self.path = path
    do {
      try StoreFiles.prepareFolder(of: path)
      lock = Mutex(try StoreLock(for: path))
      try StoreFiles.prepare(path)
      pool = try DatabasePool(path: path, configuration: Self.settings(path: path, onStatement))
      // Only now: GRDB sets NORMAL together with the write-ahead log, with which a power loss may undo commits.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      try Schema.upgrade(pool, path: path)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  deinit {
    // Before the lock goes, with the stored properties.
    try? pool.close()
  }

  /// Waits for what is under way, then gives the database free for others. Every later call fails.
  package func close() throws(StoreError) {
    // GRDB closes its writer before its readers, which may not bring the log into the database: then a copy of that one
    // file would lack what was stored last. Nothing is lost if it fails; the next opener reads the log.
    try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint (PASSIVE)") }
    do { try pool.close() } catch { throw StoreError(error, path: path) }
    lock.withLock { $0 = nil }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws -> Value
  ) async throws -> Value {
    try await finish { pool in try await pool.read { try body(SQLiteTransaction(database: $0)) } }
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreWriter) throws -> Value
  ) async throws -> Value {
    try await finish { pool in try await pool.write { try body(SQLiteTransaction(database: $0)) } }
  }

  /// Runs the transaction in a task of its own. GRDB interrupts that of a cancelled task; but the outcome of a request
  /// that was sent must be stored, above all while the service stops.
  private func finish<Value: Sendable>(
    _ transaction: @escaping @Sendable (DatabasePool) async throws -> Value
  ) async throws -> Value {
    do {
      return try await Task { [pool] in try await transaction(pool) }.value
    } catch let error where error is DatabaseError || error is DamagedColumn {
      throw StoreError(error, path: path)
    }
  }
}
