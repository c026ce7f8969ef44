import Model

/// Lists what is held, within one transaction.
struct HoldReader {
  let store: any StoreReader
  let configuration: ConfigurationRecord
  /// So many operations are listed; all of them are counted and are part of the digest.
  let limit: Int

  func read() throws -> Holds {
    var holds = Holds()
    var digest = SetDigest()
    try store.forEachLink(of: configuration.id, behind: .held) { link in
      digest.add("\(link.guid) \(link.withdrawn.rawValue)")
      holds.count += 1
      guard holds.operations.count < limit else { return }
      holds.operations.append(
        HeldOperation(
          guid: link.guid,
          kind: link.kind,
          name: try store.object(link.object)?.name ?? "",
          action: link.heldAction
        )
      )
    }
    try store.forEachMember(of: configuration.id, behind: .held) { link in
      guard let group = try store.object(link.group), let member = try store.object(link.member) else { return }
      digest.add("\(group.guid) \(member.guid)")
      if try follows(link) {
        holds.following += 1
        return
      }
      holds.count += 1
      guard holds.operations.count < limit else { return }
      let kind = member.objectClass.flatMap(ResourceKind.init) ?? .user
      holds.operations.append(
        HeldOperation(
          guid: member.guid,
          kind: kind,
          name: member.name,
          action: .removeMember(of: group.guid, groupName: group.name)
        )
      )
    }
    if holds.count + holds.following > 0 {
      holds.digest = digest.text
      holds.reason = configuration.holdReason
      holds.since = configuration.heldSince
    }
    return holds
  }

  private func follows(_ member: MemberLink) throws -> Bool {
    try [member.group, member.member].contains { try store.link($0, configuration.id)?.gate == .held }
  }
}

extension LinkRecord {
  fileprivate var heldAction: HeldOperation.Action {
    switch (withdrawn, kind) {
    case (.everything, _): .delete
    case (_, .group): .empty
    default: .disable
    }
  }
}
