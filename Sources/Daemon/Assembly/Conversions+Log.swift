import ControlAPI
import Engine
import FoundationEssentials
import Model

extension LogQuery {
  init(_ request: LogRequest, at now: Timestamp) {
    self.init(
      request.after.map { .after($0) } ?? .latest(before: request.before),
      limit: request.limit ?? LogRequest.usualLimit
    )
    guid = request.object.flatMap { GUID($0) }
    action = request.action.flatMap { LogAction(rawValue: $0.rawValue) }
    status = request.status.flatMap { LogStatus(rawValue: $0.rawValue) }
    run = request.run
    since =
      switch request.since {
      case .ago(let seconds): Timestamp(milliseconds: now.milliseconds - Int64(seconds) * 1000)
      // Years that a date can be written with fit.
      case .date(let date): Timestamp(milliseconds: Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()) ?? 0)
      case nil: nil
      }
  }
}

extension LogPage.Entry {
  init(_ entry: LogEntry) {
    self.init(
      id: entry.id,
      run: entry.run,
      time: entry.time.date,
      object: "\(entry.guid)",
      kind: entry.kind.rawValue,
      name: entry.name,
      action: LogPage.Action(rawValue: entry.action.rawValue) ?? .other,
      status: LogPage.Status(rawValue: entry.status.rawValue) ?? .failure,
      code: entry.code,
      reason: entry.reason,
      remoteId: entry.remoteID,
      changes: entry.changes.map(LogPage.Change.init),
      members: entry.members.map(LogPage.Members.init)
    )
  }
}

extension LogPage.Change {
  fileprivate init(_ change: AttributeChange) {
    self.init(path: change.path.text, old: change.old.map(LogPage.Value.init), new: change.new.map(LogPage.Value.init))
  }
}

extension LogPage.Value {
  fileprivate init(_ value: ResourceValue) {
    self =
      switch value {
      case .string(let text): .string(text)
      case .boolean(let flag): .boolean(flag)
      case .strings(let texts): .strings(texts)
      }
  }
}

extension LogPage.Members {
  fileprivate init(_ members: LoggedMembers) {
    self.init(
      addedCount: members.addedCount,
      removedCount: members.removedCount,
      added: members.added.map { Member(object: "\($0.guid)", name: $0.name) },
      removed: members.removed.map { Member(object: "\($0.guid)", name: $0.name) }
    )
  }
}
