import Foundation
import Glibc

/// The other end of sd_notify(3): tells a test when the daemon is ready, without polling.
final class NotifySocket: Sendable {
  let path: String
  private let descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw InstallationError("\(path) is too long for a socket")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let status = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else { throw InstallationError("cannot bind \(path): errno \(errno)") }
  }

  deinit {
    close(descriptor)
  }

  /// Waits until a message holds that line; false when `isAlive` says that none will come.
  func wait(for line: String, while isAlive: @escaping @Sendable () -> Bool) async -> Bool {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [descriptor] in
        var buffer = [UInt8](repeating: 0, count: 4096)
        while isAlive() {
          var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
          guard unsafe poll(&event, 1, 100) > 0 else { continue }
          let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
          let message = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
          if message.split(separator: "\n").contains(Substring(line)) {
            continuation.resume(returning: true)
            return
          }
        }
        continuation.resume(returning: false)
      }
    }
  }
}
