import Glibc

/// A failed call of the file system.
struct FileError: Error, Hashable {
  let code: CInt

  /// Follows the name of the file in a sentence.
  var reason: String {
    switch code {
    case ENOENT: "does not exist"
    case EACCES, EPERM: "may not be accessed by the user with id \(geteuid())"
    case EISDIR: "is not a regular file"
    case ENOTDIR: "has something in its path that is not a folder"
    case EFBIG: "is too large"
    case ENOSPC, EDQUOT: "cannot be written: the disk is full"
    case EROFS: "is on a file system that is read-only here"
    default: "cannot be accessed: \(unsafe String(cString: strerror(code)))"
    }
  }
}
