import CCurl
import Synchronization

/// The only way from tasks to the loop's thread.
@safe final class Inbox: Sendable {
  typealias Continuation = CheckedContinuation<HTTPResponse, any Error>

  enum Command: Sendable {
    case start(UInt64, HTTPRequest, Continuation)
    case cancel(UInt64)
  }

  private enum Phase {
    case open
    /// The loop has been asked to end, but may still poll.
    case stopping
    /// The multi handle may be gone.
    case ended
  }

  private struct State {
    var phase = Phase.open
    var commands: [Command] = []
    var waiters: [CheckedContinuation<Void, Never>] = []
    var lastID: UInt64 = 0
  }

  private let state = Mutex(State())
  /// The loop's thread owns it. Others only wake it, which libcurl allows from any thread, and only under the lock in a
  /// phase in which it still exists.
  nonisolated(unsafe) let multi: UnsafeMutableRawPointer
  let idleLimit: Duration

  init(multi: UnsafeMutableRawPointer, idleLimit: Duration) {
    unsafe self.multi = unsafe multi
    self.idleLimit = idleLimit
  }

  func nextID() -> UInt64 {
    state.withLock {
      $0.lastID += 1
      return $0.lastID
    }
  }

  func start(_ id: UInt64, _ request: HTTPRequest, _ continuation: Continuation) {
    if !post(.start(id, request, continuation)) { continuation.resume(throwing: HTTPError.closed) }
  }

  func cancel(_ id: UInt64) {
    _ = post(.cancel(id))
  }

  func stop(then waiter: CheckedContinuation<Void, Never>? = nil) {
    let hasEnded = state.withLock { state in
      guard state.phase != .ended else { return true }
      if let waiter { state.waiters.append(waiter) }
      state.phase = .stopping
      unsafe curl_multi_wakeup(multi)
      return false
    }
    if hasEnded { waiter?.resume() }
  }

  /// What came since the last call; nil when the loop is to end.
  func take() -> [Command]? {
    state.withLock { state in
      guard state.phase == .open else { return nil }
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// From here on nobody touches the multi handle but the caller, who must answer the commands given back.
  func end() -> [Command] {
    state.withLock { state in
      state.phase = .ended
      defer { state.commands = [] }
      return state.commands
    }
  }

  func announceEnd() {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  private func post(_ command: Command) -> Bool {
    state.withLock { state in
      guard state.phase == .open else { return false }
      state.commands.append(command)
      // One wake-up per emptying is enough: the loop takes all commands at once.
      if state.commands.count == 1 { unsafe curl_multi_wakeup(multi) }
      return true
    }
  }
}
