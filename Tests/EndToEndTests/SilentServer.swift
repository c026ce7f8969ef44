import Foundation
import Glibc

/// Takes connections and never answers.
final class SilentServer: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard unsafe bind(descriptor, address, length) == 0, listen(descriptor, 8) == 0 else { return Int32(-1) }
        return unsafe getsockname(descriptor, address, &length)
      }
    }
    guard status == 0 else { throw InstallationError("cannot listen: errno \(errno)") }
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit {
    close(descriptor)
  }

  func untilSomebodyConnects() async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [descriptor] in
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&event, 1, 20_000)
        continuation.resume()
      }
    }
  }
}
