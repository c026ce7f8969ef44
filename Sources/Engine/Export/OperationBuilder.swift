import Model

extension LinkRecord {
  /// What must be sent to bring the sink to `desired`; nil when it is there already.
  ///
  /// After an unknown outcome the sink may hold either what was confirmed or what was sent: every attribute in which one
  /// of them differs from what is wanted is sent.
  package var operation: Operation? {
    guard needsExport, presence != .kept || confirmed != nil, let action else { return nil }
    return Operation(
      id: "\(guid)/\(desiredVersion)",
      kind: kind,
      guid: guid,
      remoteID: remoteID,
      action: action,
      mayHaveApplied: isUncertain
    )
  }

  package var needsExport: Bool { desired != confirmed || isUncertain }

  private var action: Operation.Action? {
    guard let desired else { return confirmed == nil && !isUncertain ? nil : .delete }
    guard let confirmed, remoteID != nil else { return .create(desired) }
    let changes = desired.changes(from: confirmed)
    guard isUncertain else { return changes.isEmpty ? nil : .update(desired, changes: changes) }
    // Nothing was sent but a delete: whether the object is still there has to be found out.
    guard let sent else { return .create(desired) }
    let known = Set(changes.map(\.path))
    let doubtful = sent.changes(from: confirmed).filter { !known.contains($0.path) }
      .map { AttributeChange(path: $0.path, old: $0.new, new: desired.attributes[$0.path]) }
    let all = (changes + doubtful).sorted { $0.path < $1.path }
    return all.isEmpty ? .create(desired) : .update(desired, changes: all)
  }
}
