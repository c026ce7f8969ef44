import Synchronization

/// The requests of one connection that still owe an answer, and why one of them will give none or another.
final class PendingRequests: Sendable {
  enum Ending {
    case abandoned
    case timeLimit
  }

  private struct State {
    var isOver = false
    var tasks: [Int32: Task<Void, any Error>] = [:]
    var endings: [Int32: Ending] = [:]
    var waiting: Set<Int32> = []
  }

  private let state = Mutex(State())

  /// As many as AD works on at a time for one connection (MaxActiveQueries, MS-ADTS 3.1.1.3.4.6).
  static let maximum = 20

  /// False when there are too many.
  func add(_ identifier: Int32) -> Bool {
    state.withLock { state in
      guard state.waiting.count < Self.maximum else { return false }
      state.waiting.insert(identifier)
      return true
    }
  }

  func run(_ identifier: Int32, _ work: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await work() }
    let isOver = state.withLock { state in
      state.tasks[identifier] = task
      return state.isOver || state.endings[identifier] != nil
    }
    if isOver { task.cancel() }
    defer {
      state.withLock { state in
        state.tasks[identifier] = nil
        state.endings[identifier] = nil
        state.waiting.remove(identifier)
      }
    }
    try await task.value
  }

  func end(_ identifier: Int32, _ ending: Ending) {
    let task = state.withLock { state -> Task<Void, any Error>? in
      guard state.waiting.contains(identifier), state.endings[identifier] == nil else { return nil }
      state.endings[identifier] = ending
      return state.tasks[identifier]
    }
    task?.cancel()
  }

  func ending(of identifier: Int32) -> Ending? {
    state.withLock { $0.endings[identifier] }
  }

  func endAll() {
    let tasks = state.withLock { state in
      state.isOver = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
  }
}
