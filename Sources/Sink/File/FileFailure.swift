import Glibc

/// Why the file cannot be used: what failed, where, and what to do.
struct FileFailure: Error, CustomStringConvertible {
  let description: String
  /// Set when lines of a failed batch may have stayed in the file.
  var isOutcomeUnknown = false

  init(_ description: String) {
    self.description = description
  }

  /// For a system call that has just failed with `code`.
  init(_ action: String, _ path: String, code: CInt) {
    let reason = unsafe String(cString: strerror(code))
    let remedy =
      switch code {
      case ENOENT: "; create its folder"
      case EACCES, EPERM: "; give the service's user the right to write there"
      case ENOSPC, EDQUOT: "; free some space"
      case EROFS: "; choose a path on a writable file system"
      default: ""
      }
    description = "cannot \(action) \(path): \(reason)\(remedy)"
  }
}
