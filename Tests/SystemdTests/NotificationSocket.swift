import FoundationEssentials
import Glibc

/// Plays systemd's end of NOTIFY_SOCKET, and puts its address into the environment.
final class NotificationSocket {
  private let descriptor: CInt
  private let path: String

  init() throws {
    path = "/tmp/adprov-notify-\(UUID().uuidString)"
    descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8CString)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
      unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
    }
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard descriptor >= 0, result == 0 else { throw SocketError(code: errno) }
    unsafe setenv("NOTIFY_SOCKET", path, 1)
  }

  deinit {
    close(descriptor)
    _ = unsafe unlink(path)
  }

  /// The oldest message that has arrived; nil without one.
  func receive() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe recv(descriptor, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT))
    }
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  private struct SocketError: Error {
    let code: CInt
  }
}
