/// Lets one caller after the other through, in the order in which they came.
///
/// What was let through runs to its end, or to its own answer to cancellation: one whose caller gives up neither stops nor
/// overtakes the others.
actor Turnstile {
  private var last: Task<Void, Never>?

  func pass<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let previous = last
    let work = Task {
      await previous?.value
      try Task.checkCancellation()
      return try await body()
    }
    last = Task { _ = await work.result }
    return try await withTaskCancellationHandler {
      try await work.value
    } onCancel: {
      work.cancel()
    }
  }

  /// Returns when all who came before are through.
  func drain() async {
    await last?.value
  }
}
