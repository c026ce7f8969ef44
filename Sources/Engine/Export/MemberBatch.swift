import Model

/// The memberships of one group that leave in one operation.
struct MemberBatch: Sendable {
  let group: LinkRecord
  /// As they were before they were sent.
  let links: [MemberLink]
  let operation: Operation

  /// Nil when no membership can be sent now.
  init?(of group: LinkRecord, at now: Timestamp, limit: Int, in store: any StoreReader) throws {
    let links = try store.pendingMembers(of: group.object, group.configuration, at: now, limit: limit)
    var added: [MemberReference] = []
    var removed: [MemberReference] = []
    var sendable: [MemberLink] = []
    let configurations = try links.isEmpty ? [] : store.configurations(sharingSinkOf: group.configuration)
    for link in links {
      let known = try configurations.compactMap { try store.link(link.member, $0.id) }.first { $0.remoteID != nil }
      guard let member = known, let remoteID = member.remoteID else { continue }
      let reference = MemberReference(guid: member.guid, kind: member.kind, remoteID: remoteID)
      if link.isDesired { added.append(reference) } else { removed.append(reference) }
      sendable.append(link)
    }
    guard let version = sendable.map(\.version).max() else { return nil }
    self.group = group
    self.links = sendable
    operation = Operation(
      id: "\(group.guid)/members/\(version)",
      kind: .group,
      guid: group.guid,
      remoteID: group.remoteID,
      action: .members(added: added, removed: removed),
      mayHaveApplied: sendable.contains { $0.isConfirmed == nil }
    )
  }
}
