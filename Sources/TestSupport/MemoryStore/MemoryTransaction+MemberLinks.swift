import Engine
import Model

extension MemoryTransaction {
  func memberLink(_ group: ObjectID, _ configuration: ConfigurationID, _ member: ObjectID) throws -> MemberLink? {
    state.memberLinks[MemberKey(configuration, group, member)]
  }

  func groupsWithPendingMembers(
    _ configuration: ConfigurationID,
    at now: Timestamp,
    limit: Int
  ) throws -> [LinkRecord] {
    let groups = state.unsettledMembers.keys.filter { $0.configuration == configuration }
      .compactMap { state.links[$0] }
      .filter { $0.takesMembers(at: now) && !sendableMembers(LinkKey(configuration, $0.object), at: now).isEmpty }
    return Array(groups.sorted { $0.object < $1.object }.prefix(limit))
  }

  func pendingMembers(
    of group: ObjectID,
    _ configuration: ConfigurationID,
    at now: Timestamp,
    limit: Int
  ) throws -> [MemberLink] {
    let members = sendableMembers(LinkKey(configuration, group), at: now)
    return Array(members.sorted { ($0.version, $0.member) < ($1.version, $1.member) }.prefix(limit))
  }

  private func sendableMembers(_ group: LinkKey, at now: Timestamp) -> [MemberLink] {
    (state.unsettledMembers[group] ?? [])
      .compactMap { state.memberLinks[MemberKey(group.configuration, group.object, $0)] }
      .filter { $0.gate.isPassable && $0.notBefore.map { $0 <= now } ?? true }
      .filter { member in
        configurationsSharingSink(with: group.configuration)
          .contains { state.links[LinkKey($0, member.member)]?.remoteID != nil }
      }
  }

  /// Itself among them.
  private func configurationsSharingSink(with id: ConfigurationID) -> [ConfigurationID] {
    guard let sink = state.configurations[id]?.sink else { return [id] }
    return state.configurations.values.filter { $0.sink == sink }.map(\.id)
  }

  func save(_ member: MemberLink) throws {
    try requireObject(member.group)
    try requireObject(member.member)
    try requireConfiguration(member.configuration)
    let group = LinkKey(member.configuration, member.group)
    set(\.memberLinks, MemberKey(member.configuration, member.group, member.member), member)
    insert(member.member, into: \.linkedMembers, group)
    insert(member.group, into: \.linkedGroups, LinkKey(member.configuration, member.member))
    if member.isConfirmed == member.isDesired {
      remove(member.member, from: \.unsettledMembers, group)
    } else {
      insert(member.member, into: \.unsettledMembers, group)
    }
    let key = MemberKey(member.configuration, member.group, member.member)
    if member.gate == .open {
      remove(key, from: \.gatedMembers, member.configuration)
    } else {
      insert(key, into: \.gatedMembers, member.configuration)
    }
  }

  func memberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws -> [MemberLink] {
    let key = LinkKey(configuration, object)
    let keys =
      (state.linkedMembers[key] ?? []).sorted().map { MemberKey(configuration, object, $0) }
      + (state.linkedGroups[key] ?? []).sorted().map { MemberKey(configuration, $0, object) }
    return keys.compactMap { state.memberLinks[$0] }
  }

  func removeMemberLink(_ group: ObjectID, _ configuration: ConfigurationID, _ member: ObjectID) throws {
    dropMemberLink(MemberKey(configuration, group, member))
  }

  func removeMemberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws {
    let key = LinkKey(configuration, object)
    for member in state.linkedMembers[key] ?? [] { dropMemberLink(MemberKey(configuration, object, member)) }
    for group in state.linkedGroups[key] ?? [] { dropMemberLink(MemberKey(configuration, group, object)) }
  }

  func dropMemberLink(_ key: MemberKey) {
    let group = LinkKey(key.configuration, key.group)
    set(\.memberLinks, key, nil)
    remove(key.member, from: \.linkedMembers, group)
    remove(key.group, from: \.linkedGroups, LinkKey(key.configuration, key.member))
    remove(key.member, from: \.unsettledMembers, group)
    remove(key, from: \.gatedMembers, key.configuration)
  }
}

extension LinkRecord {
  fileprivate func takesMembers(at now: Timestamp) -> Bool {
    remoteID != nil && [.present, .disabled].contains(presence) && state != .inflight
      && membersNotBefore.map { $0 <= now } ?? true
  }
}
