import Foundation
import Glibc
import Synchronization

/// Passes TCP connections on to a server, until they are cut or silenced.
package final class LoopbackForwarder: Sendable {
  private struct State {
    var sockets: [Int32] = []
    var accepted = 0
    var bytesUntilCut: Int?
    var bytesUntilSilence: Int?
  }

  private let listener: LoopbackListener
  private let state = Mutex(State())
  private let withheld = AsyncStream<Void>.makeStream()

  package var port: UInt16 { listener.port }
  /// How many connections there have been.
  package var accepted: Int { state.withLock { $0.accepted } }

  package init(on address: String, to target: String, port: UInt16) throws {
    let listener = try LoopbackListener(on: address)
    self.listener = listener
    Thread.detachNewThread { [weak self] in
      while let client = listener.accept() {
        guard let self, let server = Self.connect(to: target, port) else { break }
        self.state.withLock {
          $0.accepted += 1
          $0.sockets += [client, server]
        }
        Thread.detachNewThread { self.pass(from: client, to: server, isAnswer: false) }
        Thread.detachNewThread { self.pass(from: server, to: client, isAnswer: true) }
      }
    }
  }

  deinit {
    listener.stop()
    for socket in state.withLock({ $0.sockets }) { _ = close(socket) }
  }

  /// Ends all connections there are; new ones are served.
  package func cut() {
    for socket in state.withLock({ $0.sockets }) { _ = shutdown(socket, Int32(SHUT_RDWR)) }
  }

  /// Cuts as soon as the server has sent so much more.
  package func cut(after bytes: Int) {
    state.withLock { $0.bytesUntilCut = bytes }
  }

  /// As soon as the server has sent so much more, nothing of it comes through any longer.
  package func silence(after bytes: Int) {
    state.withLock { $0.bytesUntilSilence = bytes }
  }

  /// Returns when an answer was withheld.
  package func answerWithheld() async {
    for await _ in withheld.stream { return }
  }

  private func pass(from source: Int32, to target: Int32, isAnswer: Bool) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe recv(source, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      let passed = isAnswer ? allowance(for: count) : count
      guard unsafe send(target, buffer, passed, Int32(MSG_NOSIGNAL)) == passed else { break }
      if passed < count { withheld.continuation.yield() }
      if isAnswer, isCut(by: count) { cut() }
    }
    _ = shutdown(source, Int32(SHUT_RDWR))
    _ = shutdown(target, Int32(SHUT_RDWR))
  }

  private func allowance(for count: Int) -> Int {
    state.withLock { state in
      guard let rest = state.bytesUntilSilence else { return count }
      state.bytesUntilSilence = max(0, rest - count)
      return min(rest, count)
    }
  }

  private func isCut(by count: Int) -> Bool {
    state.withLock { state in
      guard let rest = state.bytesUntilCut else { return false }
      state.bytesUntilCut = rest > count ? rest - count : nil
      return rest <= count
    }
  }

  private static func connect(to address: String, _ port: UInt16) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    var place = sockaddr_in(address, port: port)
    let outcome = unsafe withUnsafePointer(to: &place) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return outcome == 0 ? descriptor : nil
  }
}
