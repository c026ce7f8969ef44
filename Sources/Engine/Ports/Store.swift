/// The durable state: the connector space, the links and what is pending. One writer at a time.
///
/// A body runs as one transaction: all of it is stored, durably, or nothing. Cancelling the task does not stop it, so that
/// the answer to a request that was sent is stored even while the daemon stops. Bodies must not keep the value they get.
package protocol Store: Sendable {
  func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Value) async throws -> Value
  func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreWriter) throws -> Value) async throws -> Value
}
