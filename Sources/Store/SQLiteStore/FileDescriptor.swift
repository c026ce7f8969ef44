import Glibc

/// An open file, closed when it goes out of scope.
struct FileDescriptor: ~Copyable {
  let rawValue: Int32

  /// Opens the file, making it if need be, and sees to it that nobody but its owner can read it, whatever the umask is.
  init(privateFile path: String) throws(StoreError) {
    rawValue = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard rawValue >= 0 else { throw .unusable(path: path, detail: lastSystemError()) }
    guard fchmod(rawValue, 0o600) == 0 else { throw .unusable(path: path, detail: lastSystemError()) }
  }

  deinit {
    if rawValue >= 0 { close(rawValue) }
  }
}

/// The reason of the system call that just failed.
func lastSystemError() -> String {
  unsafe String(cString: strerror(errno))
}
