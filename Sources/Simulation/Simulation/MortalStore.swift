package import Engine

/// A store whose process may be killed before or after any commit.
package struct MortalStore: Store {
  let store: any Store
  let killSwitch: KillSwitch

  package init(_ store: any Store, _ killSwitch: KillSwitch) {
    self.store = store
    self.killSwitch = killSwitch
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws -> Value
  ) async throws -> Value {
    if killSwitch.isDead { throw Killed() }
    return try await store.read(body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreWriter) throws -> Value
  ) async throws -> Value {
    guard killSwitch.mayTakeEffect() else { throw Killed() }
    let value = try await store.write(body)
    if killSwitch.isDead { throw Killed() }
    return value
  }
}
