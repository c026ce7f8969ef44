import Engine
import Model
import Synchronization
import TestSupport

/// A create or a delete of one object.
struct Deed: Hashable {
  let guid: GUID
  let action: LogAction

  init?(_ operation: Operation) {
    guid = operation.guid
    switch operation.action {
    case .create: action = .create
    case .delete: action = .delete
    case .update, .members: return nil
    }
  }

  init?(_ entry: LogEntry) {
    guard entry.status == .success, entry.action == .create || entry.action == .delete else { return nil }
    guid = entry.guid
    action = entry.action
  }
}

extension Simulation {
  /// A success that is logged is one that the sink gave. The other way round only while every answer could be stored:
  /// one that a dead process heard, or that found no room, is asked for again. What two configurations did to one sink is
  /// not told apart.
  func checkLog(of cloud: Cloud) async {
    if cloud.hasPartner { return }
    let (name, last) = (cloud.configuration.name, cloud.lastLogged)
    let entries = try? await store.read { store in
      try store.configuration(named: name).map { try store.log(of: $0.id, LogQuery(.after(last), limit: .max)) }
    }
    for entry in entries ?? nil ?? [] {
      cloud.lastLogged = entry.id
      if let deed = Deed(entry) { cloud.logged[deed, default: 0] += 1 }
    }
    let done = cloud.sink.state.withLock { $0.done }
    for deed in Set(cloud.logged.keys).union(done.keys) {
      let (told, was) = (cloud.logged[deed] ?? 0, done[deed] ?? 0)
      if told > was || (told < was && !life.hasLostAnswers) {
        add(Violation(kind: .untrueLog, detail: "\(was) \(deed.action) of \(deed.guid), \(told) in the log"))
      }
    }
  }
}
