import ControlAPI
import ControlClient

/// What ends a verb with words on stderr.
struct CommandFailure: Error {
  let status: ExitStatus
  let message: String
  let remedy: String?
  var findings: [CheckReport.Finding] = []

  static func usage(_ message: String, remedy: String? = nil) -> CommandFailure {
    CommandFailure(status: .usage, message: message, remedy: remedy)
  }

  static func notOK(_ message: String, remedy: String? = nil) -> CommandFailure {
    CommandFailure(status: .notOK, message: message, remedy: remedy)
  }

  /// Several lines: what failed, what is wrong in the files, what to do.
  var text: String {
    (["adprovctl: \(message)"] + findings.map { "  \($0.line(in: .plain))" } + (remedy.map { ["  \($0)"] } ?? []))
      .map(\.printable).joined(separator: "\n")
  }
}

extension CommandFailure {
  /// Nil for errors of the argument parser, which has words of its own.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as ControlClientError:
      self = CommandFailure(
        status: error == .invalidName ? .usage : .notOK,
        message: error.description,
        remedy: error.remedy
      )
      if case .problem(let problem) = error { findings = problem.problems ?? [] }
    case is CancellationError: self = .notOK("Interrupted.")
    default: return nil
    }
  }
}
