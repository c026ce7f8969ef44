import Model

extension MemberBatch {
  func settle(_ outcome: OperationOutcome, in store: any StoreWriter, at now: Timestamp) throws {
    switch outcome {
    case .done:
      for link in links { try confirm(link, in: store) }
      try updateGroup(in: store) { $0.releaseMembers() }
    case .linkStale(let reason):
      // The group itself is gone from the sink: it is made anew, then its memberships.
      try store.removeMemberLinks(involving: group.object, group.configuration)
      try store.markDirty(group.object, group.configuration)
      try updateGroup(in: store) { $0 = $0.settled(.linkStale(reason: reason), after: $0, at: now) ?? $0 }
    case .notSent, .unavailable:
      for link in links { try restore(link, in: store) }
    case .retry(let reason), .unknown(let reason):
      try updateGroup(in: store) { $0.holdMembers(reason, at: now) }
    case .rejected(let code, let reason):
      try updateGroup(in: store) { $0.holdMembers("\(code): \(reason)", at: now) }
    }
  }

  /// What was sent is what is confirmed, even if the wish has changed meanwhile.
  private func confirm(_ sent: MemberLink, in store: any StoreWriter) throws {
    guard var current = try store.memberLink(sent.group, sent.configuration, sent.member) else { return }
    current.isConfirmed = sent.isDesired
    if !current.isDesired && !sent.isDesired {
      try store.removeMemberLink(sent.group, sent.configuration, sent.member)
    } else {
      try store.save(current)
    }
  }

  private func restore(_ sent: MemberLink, in store: any StoreWriter) throws {
    guard var current = try store.memberLink(sent.group, sent.configuration, sent.member) else { return }
    current.isConfirmed = sent.isConfirmed
    if !current.isDesired && sent.isConfirmed == false {
      try store.removeMemberLink(sent.group, sent.configuration, sent.member)
    } else {
      try store.save(current)
    }
  }

  private func updateGroup(in store: any StoreWriter, _ change: (inout LinkRecord) -> Void) throws {
    guard var link = try store.link(group.object, group.configuration) else { return }
    let before = link
    change(&link)
    if link != before { try store.save(link) }
  }
}
