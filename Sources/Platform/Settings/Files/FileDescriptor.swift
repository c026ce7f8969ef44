import Glibc

/// Owns an open file; closes it at the end of its life.
struct FileDescriptor: ~Copyable {
  private let number: CInt

  init(opening path: String, _ flags: CInt, mode: mode_t = 0) throws(FileError) {
    number = unsafe open(path, flags | O_CLOEXEC, mode)
    if number < 0 { throw FileError(code: errno) }
  }

  deinit {
    close(number)
  }

  func status() throws(FileError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw FileError(code: errno) }
    return FileStatus(status)
  }

  /// - Throws: with code `EFBIG` when there is more than `limit`.
  func readToEnd(limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(code: errno)
      }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else { throw FileError(code: EFBIG) }
    }
  }

  func writeAll(_ bytes: [UInt8]) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw FileError(code: errno)
      }
    }
  }

  /// Whatever the umask says.
  func setPermissions(_ mode: mode_t) throws(FileError) {
    guard fchmod(number, mode) == 0 else { throw FileError(code: errno) }
  }

  func synchronize() throws(FileError) {
    guard fsync(number) == 0 else { throw FileError(code: errno) }
  }
}

struct FileStatus {
  let isRegularFile: Bool
  /// User id.
  let owner: UInt32
  /// The lower twelve bits of the mode.
  let permissions: UInt32

  init(_ status: stat) {
    isRegularFile = status.st_mode & S_IFMT == S_IFREG
    owner = status.st_uid
    permissions = status.st_mode & 0o7777
  }
}
