import ArgumentParser
import ControlAPI

/// A command that does something, other than one that only groups others.
protocol Verb: ParsableCommand {
  var options: GlobalOptions { get }

  /// - Throws: `ControlClientError` or `CommandFailure`, which are shown to the caller.
  func run(in context: CommandContext) async throws -> ExitStatus
}

extension Verb {
  /// Prints the message as JSON when that was asked for, else what `text` makes of it.
  func show(_ message: some Encodable, in context: CommandContext, text: () -> String) throws {
    if options.json {
      context.terminal.print(String(decoding: try ControlJSON.encode(message, isPretty: true), as: UTF8.self))
    } else {
      context.terminal.print(text())
    }
  }
}

enum ExitStatus: Int32 {
  case ok = 0
  case notOK = 1
  case usage = 2
}
