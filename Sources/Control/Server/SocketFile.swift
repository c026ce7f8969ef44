import FoundationEssentials
import Glibc

/// The file of the control socket: made room for before it is bound, opened to callers afterwards.
struct SocketFile {
  let path: String

  /// Removes a socket that nobody listens on any more, as a killed daemon leaves it behind. Nothing else is removed.
  func prepare() throws(ControlServerError) {
    guard path.utf8.count < Self.pathCapacity else { throw .pathTooLong(path, limit: Self.pathCapacity - 1) }
    try requireFolder()
    guard let type = try fileType() else { return }
    guard type == .typeSocket else { throw .notASocket(path) }
    if try isListening() { throw .inUse(path) }
    guard unsafe unlink(path) == 0 || errno == ENOENT else {
      throw .system("remove the stale socket", path, code: errno)
    }
  }

  /// Set explicitly, because bind(2) takes the mode from the umask.
  func setMode(_ mode: UInt32) throws(ControlServerError) {
    guard unsafe chmod(path, mode) == 0 else { throw .system("set the mode of", path, code: errno) }
  }

  private func requireFolder() throws(ControlServerError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var isFolder = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
      throw .noFolder(folder, path)
    }
  }

  /// Of the file itself, not of what a symbolic link points at; nil when there is none.
  private func fileType() throws(ControlServerError) -> FileAttributeType? {
    do {
      return try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType ?? .typeUnknown
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
      return nil
    } catch {
      throw .system("look at", path, code: (error as? CocoaError)?.code == .fileReadNoPermission ? EACCES : EIO)
    }
  }

  private func isListening() throws(ControlServerError) -> Bool {
    // Non-blocking: with a full backlog, connect(2) would otherwise wait.
    let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    let descriptor = socket(AF_UNIX, CInt(bitPattern: type), 0)
    guard descriptor >= 0 else { throw .system("open a socket to try", path, code: errno) }
    defer { close(descriptor) }

    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if result == 0 || errno == EAGAIN { return true }
    if errno == ECONNREFUSED || errno == ENOENT { return false }
    throw .system("try the socket", path, code: errno)
  }

  /// Of `sun_path` with its closing zero (unix(7)).
  private static let pathCapacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
}
