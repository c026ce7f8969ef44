import Glibc

/// A TCP socket that listens on a free port of a loopback address. The kernel completes connections by itself: to a client
/// of a listener that never accepts, the server is there and silent.
package final class LoopbackListener: Sendable {
  package let port: UInt16
  private let descriptor: Int32

  package init(on address: String = "127.0.0.1") throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    var place = sockaddr_in(address, port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = unsafe withUnsafeMutablePointer(to: &place) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        unsafe bind(descriptor, place, size) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, place, &size) == 0
      }
    }
    guard isListening else { throw LabError(message: "cannot listen on \(address): error \(errno)") }
    self.descriptor = descriptor
    port = UInt16(bigEndian: place.sin_port)
  }

  deinit {
    _ = close(descriptor)
  }

  /// The next connection; nil once `stop` was called.
  package func accept() -> Int32? {
    let connection = Glibc.accept(descriptor, nil, nil)
    return connection < 0 ? nil : connection
  }

  package func stop() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }
}

extension sockaddr_in {
  package init(_ address: String, port: UInt16) {
    self.init()
    sin_family = sa_family_t(AF_INET)
    sin_port = port.bigEndian
    _ = unsafe inet_pton(AF_INET, address, &sin_addr)
  }
}
