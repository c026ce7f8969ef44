import Model

extension LogWriter {
  /// - Parameter link: as it was before it was dispatched.
  mutating func note(_ link: LinkRecord, _ outcome: OperationOutcome) throws {
    guard let operation = link.operation, let verdict = LogVerdict(outcome) else { return }
    switch operation.action {
    case .create(let resource): try append(link, .create, verdict, changes: resource.changes(from: nil))
    case .update(_, let changes): try append(link, LogAction(changes), verdict, changes: changes)
    case .delete: try append(link, .delete, verdict, changes: link.confirmed?.removal ?? [])
    case .members: break
    }
  }

  /// The object has become one that no resource can be made of. While it stays so for the same reason, this is not said
  /// again.
  mutating func noteBlocked(_ link: LinkRecord, before: LinkRecord?) throws {
    guard link.isBlocked, let reason = link.lastError else { return }
    if let before, before.isBlocked && before.lastError == reason { return }
    try append(link, link.mayExistInSink ? .update : .create, .unmappable(reason))
  }

  // MARK: Memberships

  mutating func note(_ batch: MemberBatch, _ outcome: OperationOutcome) throws {
    guard case .membersRefused(let refused) = outcome else {
      guard let verdict = LogVerdict(outcome) else { return }
      try append(batch.group, .members, verdict, members: members(of: batch) { _ in true })
      return
    }
    let taken = try members(of: batch) { refused[$0] == nil }
    if taken.addedCount + taken.removedCount > 0 {
      try append(batch.group, .members, LogVerdict(status: .success), members: taken)
    }
    let reason = refused.min { $0.key < $1.key }.map { "member \($0.key): \($0.value)" }
    let verdict = LogVerdict(status: .failure, code: "member-refused", reason: reason)
    try append(batch.group, .members, verdict, members: members(of: batch) { refused[$0] != nil })
  }

  private static let memberLimit = 100

  private mutating func members(of batch: MemberBatch, where isWanted: (GUID) -> Bool) throws -> LoggedMembers {
    guard case .members(let added, let removed) = batch.operation.action else {
      return LoggedMembers(addedCount: 0, removedCount: 0, added: [], removed: [])
    }
    let lists = [(added, true), (removed, false)].map { references, isDesired in
      // Both lists of an operation are in the order of its links.
      zip(references, batch.links.filter { $0.isDesired == isDesired }).filter { isWanted($0.0.guid) }
    }
    let named = try lists.map { list in
      try list.prefix(Self.memberLimit).map { reference, link in try member(link.member, reference.guid) }
    }
    return LoggedMembers(
      addedCount: lists[0].count,
      removedCount: lists[1].count,
      added: named[0],
      removed: named[1]
    )
  }
}

extension LogAction {
  /// What an update with these changes is.
  init(_ changes: [AttributeChange]) {
    let access = changes.first { $0.path == .active }
    switch (access?.old != .boolean(false), access?.new != .boolean(false)) {
    case _ where access == nil: self = .update
    case (true, false): self = .disable
    case (false, true): self = .enable
    default: self = .update
    }
  }
}

extension LinkRecord {
  /// Found unmappable: it waits for a change, and for no date.
  var isBlocked: Bool { state == .escrow && notBefore == nil }
}

extension Resource {
  /// All that goes with it when it is deleted.
  fileprivate var removal: [AttributeChange] {
    Resource(kind: kind, externalID: externalID, attributes: [:]).changes(from: self)
  }
}
