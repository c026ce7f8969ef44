import ControlAPI
import ControlServer
import Engine
import Model

/// What was done, as the store keeps it: also of a configuration that is disabled, or whose file is gone.
extension Backend {
  func log(_ name: String, _ request: LogRequest) async throws -> LogPage {
    let end = time.now() + .seconds(request.wait ?? 0)
    while true {
      let rings = bell.rings
      let page = try await page(of: name, request)
      let rest = end - time.now()
      guard page.entries.isEmpty, rest > .zero else { return page }
      await bell.wait(beyond: rings, atMost: rest, time)
      // What comes together is answered together; and news of others must not have the store read without pause.
      try await time.sleep(for: min(.seconds(1), rest))
    }
  }

  func runs(_ name: String, limit: Int) async throws -> RunList {
    let runs = try await store.read { store in
      try store.configuration(named: name).map { try store.runs(of: $0.id, before: nil, limit: limit) }
    }
    guard let runs = runs ?? (inForce[name] == nil ? nil : []) else { throw ControlProblem.unknownConfiguration(name) }
    return RunList(runs: runs.map(\.report))
  }

  private func page(of name: String, _ request: LogRequest) async throws -> LogPage {
    let limit = request.limit ?? LogRequest.usualLimit
    var query = LogQuery(request, at: time.now())
    // One more, to know whether there is one.
    query.limit = limit + 1
    let read = try await store.read { [query] store in
      try store.configuration(named: name).map {
        (try store.log(of: $0.id, query), try store.lastLogID(of: $0.id))
      }
    }
    guard let (found, last) = read ?? (inForce[name] == nil ? nil : ([], 0)) else {
      throw ControlProblem.unknownConfiguration(name)
    }
    let entries = found.prefix(limit).withinWeight
    let hasMore = entries.count < found.count
    switch query.position {
    case .after:
      return LogPage(
        entries: entries.map(LogPage.Entry.init),
        next: hasMore ? entries.last?.id ?? last : last
      )
    case .latest(let before):
      return LogPage(
        entries: entries.reversed().map(LogPage.Entry.init),
        next: before == nil ? last : entries.first?.id ?? last,
        previous: hasMore ? entries.last?.id : nil
      )
    }
  }
}

extension Sequence<LogEntry> {
  /// Entries are small as a rule. Those that are not must not make an answer that nobody can take.
  fileprivate var withinWeight: [LogEntry] {
    var rest = 4 << 20
    var kept: [LogEntry] = []
    for entry in self {
      rest -= entry.weight
      if rest < 0 && !kept.isEmpty { break }
      kept.append(entry)
    }
    return kept
  }
}

extension LogEntry {
  /// Bytes of what can be long.
  fileprivate var weight: Int {
    let values = changes.flatMap { [$0.old, $0.new] }.map { value in
      switch value {
      case .string(let text): text.utf8.count
      case .strings(let texts): texts.reduce(0) { $0 + $1.utf8.count }
      case .boolean, nil: 0
      }
    }
    let named = (members?.added ?? []) + (members?.removed ?? [])
    return 500 + values.reduce(0, +) + (reason?.utf8.count ?? 0) + named.reduce(0) { $0 + $1.name.utf8.count + 60 }
  }
}
