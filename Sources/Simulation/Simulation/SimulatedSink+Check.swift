import Engine
import Model

extension SimulatedSink.State {
  /// Holds a request against what is allowed, before it has any effect.
  mutating func check(_ operation: Operation, _ judge: Judge) {
    checkOrder(operation)
    let id = operation.remoteID ?? idsByGUID[operation.guid]
    let object = id.flatMap { held[$0] }
    switch operation.action {
    case .create:
      if !operation.mayHaveApplied, idsByGUID[operation.guid] != nil {
        report(.duplicate, "create of \(operation.guid), which was made already and answered")
      }
    case .update(_, let changes):
      guard let object else { return }
      if !operation.mayHaveApplied {
        for change in changes
        where object.attributes[change.path] != change.old && !isSpoilt(object, change.path) {
          report(
            .misuse,
            "update of \(operation.guid): \(change.path.text) is taken for \(change.old, nil: "-") and is \(object.attributes[change.path], nil: "-")"
          )
        }
      }
      let disables = changes.contains { $0.path == .active && $0.new == .boolean(false) }
      if disables, object.isActive, judge.isWrongDisable(of: operation.guid) {
        report(.wrongDelete, "disable of \(operation.guid)")
      }
    case .delete:
      if object != nil, judge.isWrongWithdrawal(of: operation.guid) {
        report(.wrongDelete, "delete of \(operation.guid)")
      }
    case .members(_, let removed):
      guard let object else { return }
      for member in removed
      where object.members.contains(member.remoteID) && judge.isWrongRemoval(of: member.guid, from: operation.guid) {
        report(.wrongDelete, "removal of \(member.guid) from \(operation.guid)")
      }
    }
  }

  private func isSpoilt(_ object: SimulatedSink.Held, _ path: TargetPath) -> Bool {
    path == "title" && spoilt.contains(object.remoteID)
  }

  /// Versions of an object reach the sink in order.
  private mutating func checkOrder(_ operation: Operation) {
    if case .members = operation.action { return }
    guard let version = operation.id.split(separator: "/").last.flatMap({ Int64($0) }) else { return }
    if let last = versions[operation.guid], version < last {
      report(.misuse, "version \(version) of \(operation.guid) after \(last)")
    }
    versions[operation.guid] = version
  }

  private mutating func report(_ kind: Violation.Kind, _ detail: String) {
    violations.append(Violation(kind: kind, detail: detail))
    trace?.append("    !! \(kind.rawValue): \(detail)")
  }
}

extension DefaultStringInterpolation {
  mutating func appendInterpolation(_ value: ResourceValue?, nil none: String) {
    appendLiteral(value.map { "\($0)" } ?? none)
  }
}
