import Engine
import Model

extension MemoryTransaction {
  func groups(withMember member: GUID) throws -> [ObjectID] {
    (state.groups[member] ?? []).sorted()
  }

  func members(of group: ObjectID) throws -> [GUID] {
    (state.members[group] ?? []).sorted()
  }

  func hasMember(_ group: ObjectID, _ member: GUID) throws -> Bool {
    state.members[group]?.contains(member) ?? false
  }

  func expiredEdges(in source: SourceID, at now: Timestamp, limit: Int) throws -> [DirtyMember] {
    let expired = state.edgeExpiries.filter { $0.value <= now && state.objects[$0.key.group]?.source == source }
    return expired.sorted { ($0.value, $0.key.group, $0.key.member) < ($1.value, $1.key.group, $1.key.member) }
      .prefix(limit).map(\.key)
  }

  func insertEdge(_ group: ObjectID, _ member: GUID, expires: Timestamp?) throws -> Bool {
    try requireObject(group)
    set(\.edgeExpiries, DirtyMember(group: group, member: member), expires)
    insert(group, into: \.groups, member)
    return insert(member, into: \.members, group)
  }

  func removeEdge(_ group: ObjectID, _ member: GUID) throws -> Bool {
    set(\.edgeExpiries, DirtyMember(group: group, member: member), nil)
    remove(group, from: \.groups, member)
    return remove(member, from: \.members, group)
  }

  func removeEdges(to member: GUID) throws -> [ObjectID] {
    let groups = try groups(withMember: member)
    for group in groups { _ = try removeEdge(group, member) }
    return groups
  }
}
