/// Lets one caller after the other through, in the order in which they came.
///
/// What was let through runs to its end, or to its own answer to cancellation. One whose caller gives up while it waits
/// leaves the queue at once, and neither stops nor overtakes the others.
actor Turnstile {
  private var isTaken = false
  private var waiting: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  private var lastTicket = 0

  func pass<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    guard await enter() else { throw CancellationError() }
    defer { leave() }
    try Task.checkCancellation()
    return try await body()
  }

  /// Returns when all who came before are through.
  func drain() async {
    // In a task of its own, which nobody cancels.
    await Task { if await self.enter() { self.leave() } }.value
  }

  private func enter() async -> Bool {
    guard isTaken else {
      isTaken = true
      return true
    }
    lastTicket += 1
    let ticket = lastTicket
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled {
          continuation.resume(returning: false)
        } else {
          waiting.append((ticket, continuation))
        }
      }
    } onCancel: {
      Task { await self.giveUp(ticket) }
    }
  }

  private func giveUp(_ ticket: Int) {
    guard let place = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
    waiting.remove(at: place).continuation.resume(returning: false)
  }

  private func leave() {
    if waiting.isEmpty {
      isTaken = false
    } else {
      waiting.removeFirst().continuation.resume(returning: true)
    }
  }
}
