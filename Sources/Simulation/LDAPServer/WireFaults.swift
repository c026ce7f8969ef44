import Synchronization

/// What can go wrong on the way of a server's answers.
package enum WireFault: Sendable, Equatable {
  /// The connection ends once so many more bytes were sent.
  case close(after: Int)
  /// After so many more bytes comes what is no BER, and the connection ends.
  case garbage(after: Int)
  /// After so many more bytes nothing comes any more; the connection stays, half open, as after a cut of the network.
  case silence(after: Int)
  /// A few bytes at a time with a pause after each.
  case drip(bytes: Int, pause: Duration)
}

/// The fault in force on all connections of a server, present and future. Those that end a connection strike once;
/// the others stay until another is set.
package final class WireFaults: Sendable {
  private struct State {
    var fault: WireFault?
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  package func set(_ fault: WireFault?) {
    state.withLock { $0.fault = fault }
  }

  /// Returns once the fault in force has struck; at once when there is none.
  package func struck() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        switch state.fault {
        case nil, .silence(after: 0): return true
        default: state.waiting.append(continuation)
        }
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  enum Ruling: Equatable {
    case send
    case close(sending: Int)
    case garbage(sending: Int)
    case silence(sending: Int)
    case drip(bytes: Int, pause: Duration)
  }

  /// What becomes of so many bytes.
  func rule(on count: Int) -> Ruling {
    let (ruling, waiting) = state.withLock { state in
      let ruling = Self.rule(on: count, &state.fault)
      if ruling == .send { return (ruling, [CheckedContinuation<Void, Never>]()) }
      defer { state.waiting = [] }
      return (ruling, state.waiting)
    }
    for continuation in waiting { continuation.resume() }
    return ruling
  }

  private static func rule(on count: Int, _ fault: inout WireFault?) -> Ruling {
    switch fault {
    case nil: return .send
    case .close(let rest):
      fault = rest > count ? .close(after: rest - count) : nil
      return rest > count ? .send : .close(sending: rest)
    case .garbage(let rest):
      fault = rest > count ? .garbage(after: rest - count) : nil
      return rest > count ? .send : .garbage(sending: rest)
    case .silence(let rest):
      fault = .silence(after: max(0, rest - count))
      return rest > count ? .send : .silence(sending: rest)
    case .drip(let bytes, let pause): return .drip(bytes: max(1, bytes), pause: pause)
    }
  }
}
