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

  func insertEdge(_ group: ObjectID, _ member: GUID) throws -> Bool {
    try requireObject(group)
    insert(group, into: \.groups, member)
    return insert(member, into: \.members, group)
  }

  func removeEdge(_ group: ObjectID, _ member: GUID) throws -> Bool {
    remove(group, from: \.groups, member)
    return remove(member, from: \.members, group)
  }

  func removeEdges(to member: GUID) throws -> [ObjectID] {
    let groups = try groups(withMember: member)
    for group in groups { _ = try removeEdge(group, member) }
    return groups
  }
}
