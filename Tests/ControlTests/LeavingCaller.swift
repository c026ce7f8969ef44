import Glibc
import Testing

/// Sends a request and hangs up without reading the answer.
struct LeavingCaller {
  private let descriptor: CInt

  init(_ socketPath: String) throws {
    descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: socketPath.utf8) }
    let fd = descriptor
    let connected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(connected == 0)
  }

  func send(_ text: String) throws {
    let count = unsafe write(descriptor, text, text.utf8.count)
    try #require(count == text.utf8.count)
  }

  func leave() { close(descriptor) }
}
