import ArgumentParser
import ControlAPI
import ControlClient

struct Log: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Show what was done in the sink, and what became of it.",
    discussion: """
      A line for each operation: when, whether it was done (✓), failed (✗), was skipped (–) or is held (‖), what it was, \
      and the object. Times are UTC. Without --since and --limit, the last \(LogRequest.usualLimit).
      """
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Flag(help: "Go on with what comes, until interrupted.")
  var follow = false

  @Flag(help: "Show the attributes and members that changed, old and new.")
  var changes = false

  @Option(help: ArgumentHelp("Only of the object with this objectGUID.", valueName: "guid"))
  var object: ObjectWord?

  @Option(help: ArgumentHelp("Only operations of this kind.", valueName: "action"))
  var action: LogPage.Action?

  @Option(help: ArgumentHelp("Only operations that ended so.", valueName: "status"))
  var status: LogPage.Status?

  @Option(help: ArgumentHelp("Not older: 30m, 2h, 7d, or 2026-01-31T12:00:00Z.", valueName: "when"))
  var since: SinceWord?

  @Option(help: ArgumentHelp("Only of the run with this number.", valueName: "id"))
  var run: Int64?

  @Option(help: ArgumentHelp("At most so many, the newest (1 to \(LogRequest.largestLimit)).", valueName: "count"))
  var limit: Int?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let limit, !(1...LogRequest.largestLimit).contains(limit) {
      throw ValidationError("--limit takes a number from 1 to \(LogRequest.largestLimit).")
    }
    if let run, run < 0 { throw ValidationError("--run takes the number of a run.") }
  }

  func run(in context: CommandContext) async throws -> ExitStatus {
    let client = context.client(options)
    let page = try await client.log(name, request)
    guard follow else {
      try show(page, in: context) { text(page.entries, context) ?? "\(name): the log has no such entry." }
      return .ok
    }
    try print(page.entries, context)
    var next = page.next
    while true {
      var later = request
      (later.after, later.limit, later.wait) = (next, nil, Self.wait)
      let page = try await client.log(name, later)
      try print(page.entries, context)
      next = page.next
    }
  }

  private static let wait = 20

  private var request: LogRequest {
    var request = LogRequest()
    request.object = object?.guid
    request.action = action
    request.status = status
    request.since = since?.since
    request.run = run
    request.limit = limit
    return request
  }

  /// As JSON an entry is a line: there is no end at which an array could be closed.
  private func print(_ entries: [LogPage.Entry], _ context: CommandContext) throws {
    if options.json {
      for entry in entries { context.terminal.print(String(decoding: try ControlJSON.encode(entry), as: UTF8.self)) }
    } else if let text = text(entries, context) {
      context.terminal.print(text)
    }
  }

  private func text(_ entries: [LogPage.Entry], _ context: CommandContext) -> String? {
    let text = LogText(style: Style(context.terminal), showsChanges: changes)
    return entries.isEmpty ? nil : entries.map(text.lines).joined(separator: "\n")
  }
}

extension LogPage.Action: ExpressibleByArgument {}
extension LogPage.Status: ExpressibleByArgument {}

struct ObjectWord: ExpressibleByArgument {
  let guid: String

  init?(argument: String) {
    guard let guid = LogRequest.guid(argument) else { return nil }
    self.guid = guid
  }
}

struct SinceWord: ExpressibleByArgument {
  let since: LogRequest.Since

  init?(argument: String) {
    guard let since = LogRequest.Since(argument) else { return nil }
    self.since = since
  }
}
