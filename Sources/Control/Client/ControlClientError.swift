package import ControlAPI
import Glibc
import HTTPTransport

/// Why the daemon did not do what it was asked.
package enum ControlClientError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The daemon's own words.
  case problem(Problem)
  case notRunning(socketPath: String)
  case noPermission(socketPath: String)
  /// The connection was made, but no whole answer came.
  case noAnswer(socketPath: String, reason: String)
  /// Something answered that is not the control API of this version.
  case unintelligible(status: Int, socketPath: String)
  case invalidName

  init(_ error: HTTPError, socketPath: String) {
    switch error.kind {
    case .unreachable:
      // The transport does not say why; the file does.
      let isForbidden = unsafe access(socketPath, W_OK) != 0 && errno == EACCES
      self = isForbidden ? .noPermission(socketPath: socketPath) : .notRunning(socketPath: socketPath)
    case .invalidRequest, .tls, .timeout, .bodyTooLarge, .interrupted, .closed:
      self = .noAnswer(socketPath: socketPath, reason: error.message)
    }
  }

  /// What failed, and where.
  package var description: String {
    switch self {
    case .problem(let problem): problem.detail ?? problem.title
    case .notRunning(let path): "The daemon is not running: nobody listens on \(path)."
    case .noPermission(let path): "You may not open the control socket \(path)."
    case .noAnswer(let path, let reason): "The daemon did not answer on \(path): \(reason)"
    case .unintelligible(let status, let path):
      "What answers on \(path) is not the control socket of this version of adprov (HTTP status \(status))."
    case .invalidName: "That cannot be the name of a configuration."
    }
  }

  /// What to do about it.
  package var remedy: String? {
    switch self {
    case .problem(let problem): problem.remedy
    case .notRunning:
      "Start it with: systemctl start adprovd. If it listens elsewhere, name its socket with --socket or ADPROV_SOCKET."
    case .noPermission: "Call as root or as a member of the operators' group."
    case .noAnswer: "Look into its journal with: journalctl -u adprovd"
    case .unintelligible: "Check --socket and ADPROV_SOCKET, and that daemon and command line are of one version."
    case .invalidName: "A name has \(Route.configurationNameRule)."
    }
  }
}
