import Glibc

/// Why the control socket cannot be opened.
package enum ControlServerError: Error, Hashable, Sendable, CustomStringConvertible {
  case pathTooLong(String, limit: Int)
  /// The folder, and the socket that should be in it.
  case noFolder(String, String)
  case notASocket(String)
  case inUse(String)
  /// What was tried, with which path, and the errno.
  case system(String, String, code: Int32)

  package var description: String { "\(what). \(remedy)" }

  private var what: String {
    switch self {
    case .pathTooLong(let path, let limit):
      "the path of the control socket, \(path), is longer than the \(limit) bytes that the system allows"
    case .noFolder(let folder, let path):
      "the folder \(folder) for the control socket \(path) does not exist"
    case .notASocket(let path):
      "\(path), where the control socket should be, is something else and was left alone"
    case .inUse(let path):
      "another process listens on the control socket \(path)"
    case .system(let action, let path, let code):
      "could not \(action) \(path): \(unsafe String(cString: strerror(code)))"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .pathTooLong: "Choose a shorter path for the socket."
    case .noFolder: "Create the folder, or choose another path for the socket."
    case .notASocket: "Move the file away, or choose another path for the socket."
    case .inUse: "Stop the other adprovd first, or give this one a socket of its own."
    case .system: "Check the owner and the mode of the folder; the daemon must be able to write to it."
    }
  }
}
