import Model

extension MemberBatch {
  func settle(_ outcome: OperationOutcome, in store: any StoreWriter, at now: Timestamp) throws {
    if let heir = try heir(in: store) { return try doubt(heir, in: store) }
    switch outcome {
    case .done:
      for link in links { try confirm(link, in: store) }
      try updateGroup(in: store) { $0.releaseMembers() }
    case .membersRefused(let refused):
      for link in links {
        let guid = try store.object(link.member)?.guid
        if let guid, refused[guid] != nil {
          try setAside(link, in: store, at: now)
        } else {
          try confirm(link, in: store)
        }
      }
      try updateGroup(in: store) { group in
        group.releaseMembers()
        guard group.state == .idle else { return }
        group.lastError = refused.sorted { $0.key < $1.key }.map { "member \($0.key): \($0.value)" }.first
      }
    case .linkStale:
      // The group itself is gone from the sink: it is made anew, then its memberships.
      try store.endMemberships(of: group)
      try store.markDirty(group)
      guard let link = try store.link(group.object, group.configuration) else { return }
      if let after = link.settled(outcome, after: link, at: now) {
        try store.save(after)
      } else {
        try store.forget(group)
      }
    case .notSent, .unavailable:
      for link in links { try restore(link, in: store) }
    case .retry(let reason), .unknown(let reason):
      try updateGroup(in: store) { $0.holdMembers(reason, at: now) }
    case .rejected(let code, let reason), .adopted(_, let code, let reason):
      try updateGroup(in: store) { $0.holdMembers("\(code): \(reason)", at: now) }
    }
  }

  /// The configuration that has taken the group over meanwhile, with its memberships; nil when none has.
  private func heir(in store: any StoreReader) throws -> ConfigurationID? {
    guard try store.link(group.object, group.configuration) == nil else { return nil }
    return try store.configurations(sharingSinkOf: group.configuration).map(\.id)
      .first { try store.link(group.object, $0)?.mayExistInSink == true }
  }

  /// It may have sent something newer already, which came before or after this request: all of it is sent once more.
  private func doubt(_ heir: ConfigurationID, in store: any StoreWriter) throws {
    for link in links {
      var current =
        try store.memberLink(link.group, heir, link.member)
        ?? MemberLink(
          group: link.group,
          configuration: heir,
          member: link.member,
          isDesired: false,
          isConfirmed: nil,
          version: 0
        )
      current.isConfirmed = nil
      current.notBefore = nil
      current.version = try store.nextVersion()
      try store.save(current)
    }
  }

  /// What was sent is what is confirmed, even if the wish has changed meanwhile.
  private func confirm(_ sent: MemberLink, in store: any StoreWriter) throws {
    guard var current = try store.memberLink(sent.group, sent.configuration, sent.member) else { return }
    current.isConfirmed = sent.isDesired
    current.notBefore = nil
    if !current.isDesired && !sent.isDesired {
      try store.removeMemberLink(sent.group, sent.configuration, sent.member)
    } else {
      try store.save(current)
    }
  }

  /// What the sink does not take must not hold up the others of its group: it waits by itself, and goes to the back.
  private func setAside(_ sent: MemberLink, in store: any StoreWriter, at now: Timestamp) throws {
    guard var current = try store.memberLink(sent.group, sent.configuration, sent.member) else { return }
    // A refusal does not tell what the sink holds: what was not known before is not known now.
    current.isConfirmed = sent.isConfirmed
    if !current.isDesired && current.isConfirmed == false {
      try store.removeMemberLink(sent.group, sent.configuration, sent.member)
      return
    }
    if current.isDesired == sent.isDesired {
      current.notBefore = now + Self.refusedDelay
      current.version = try store.nextVersion()
    }
    try store.save(current)
  }

  private static let refusedDelay = Duration.seconds(3600)

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
