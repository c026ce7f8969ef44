import Engine
import Model

extension MemoryTransaction {
  func runs(of configuration: ConfigurationID, before id: Int64?, limit: Int) throws -> [RunRecord] {
    let runs = state.runs.values.filter { $0.configuration == configuration && $0.id < id ?? .max }
    return Array(runs.sorted { $0.id > $1.id }.prefix(limit))
  }

  func log(of configuration: ConfigurationID, _ query: LogQuery) throws -> [LogEntry] {
    let wanted = state.log.values.filter { $0.configuration == configuration && query.admits($0) }
    let sorted =
      switch query.position {
      case .latest: wanted.sorted { $0.id > $1.id }
      case .after: wanted.sorted { $0.id < $1.id }
      }
    return Array(sorted.prefix(query.limit))
  }

  func lastLogID(of configuration: ConfigurationID) throws -> Int64 {
    state.log.values.filter { $0.configuration == configuration }.map(\.id).max() ?? 0
  }

  func append(_ entry: LogEntry) throws {
    try requireConfiguration(entry.configuration)
    var entry = entry
    entry.id = (state.logSequence[0] ?? 0) + 1
    set(\.logSequence, 0, entry.id)
    set(\.log, entry.id, entry)
  }

  func pruneLog(
    of configuration: ConfigurationID,
    before date: Timestamp,
    keeping rows: Int,
    limit: Int
  ) throws -> Int {
    let entries = state.log.values.filter { $0.configuration == configuration }.sorted { $0.id < $1.id }
    let surplus = max(entries.count - rows, 0)
    let old = entries.prefix(limit).enumerated().filter { $0.offset < surplus || $0.element.time < date }
    for entry in old { set(\.log, entry.element.id, nil) }
    return old.count
  }
}

extension LogQuery {
  fileprivate func admits(_ entry: LogEntry) -> Bool {
    switch position {
    case .latest(let before): guard entry.id < before ?? .max else { return false }
    case .after(let id): guard entry.id > id else { return false }
    }
    return [guid.map { $0 == entry.guid }, action.map { $0 == entry.action }, status.map { $0 == entry.status }]
      .allSatisfy { $0 ?? true } && since.map { $0 <= entry.time } ?? true && run.map { $0 == entry.run } ?? true
  }
}
