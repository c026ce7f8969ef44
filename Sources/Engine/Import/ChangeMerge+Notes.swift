import Model

/// What a change of the connector space makes worth evaluating again.
extension ChangeMerge {
  func noteDifference(from before: ObjectRecord?, to after: ObjectRecord) throws {
    guard before != after else { return }
    try store.markDirty(after.id, nil)
    guard let before, before.objectClass != nil else {
      // New as an object, although children or groups may have named it before.
      try noteLiveness(of: after)
      return
    }
    if before.source != after.source { return try noteMove(from: before, to: after) }
    if before.isLive != after.isLive { try noteLiveness(of: after) }
    if before.sid != after.sid {
      for object in [before, after] { try notePrincipals(of: object) }
    }
    if before.parent != after.parent || before.name != after.name {
      // A renamed or moved container is reported without its children.
      for child in try store.descendants(of: after.id) { try store.markDirty(child, nil) }
    }
    if before.primaryGroupRID != after.primaryGroupRID {
      for group in [try store.primaryGroup(of: before), try store.primaryGroup(of: after)] {
        if let group { try store.markMemberDirty(group.id, after.guid) }
      }
    }
  }

  /// Memberships end with a deletion and come back with a restore, without a word on either group.
  func noteLiveness(of object: ObjectRecord) throws {
    try store.markDirty(object.id, nil)
    for group in try store.groups(withMember: object.guid) { try store.markMemberDirty(group, object.guid) }
    if let primary = try store.primaryGroup(of: object) { try store.markMemberDirty(primary.id, object.guid) }
    try notePrincipals(of: object)
    if object.objectClass == .group { try noteMembers(of: object) }
    for child in try store.descendants(of: object.id) { try store.markDirty(child, nil) }
  }

  /// While the object was suspect nothing that concerns it was evaluated.
  func noteAll(of object: ObjectRecord) throws {
    try noteLiveness(of: object)
    for member in try store.members(of: object.id) { try store.markMemberDirty(object.id, member) }
    for user in try store.primaryMembers(of: object) {
      if let guid = try store.object(user)?.guid { try store.markMemberDirty(object.id, guid) }
    }
    // Configurations of other domains may have links of it, too.
    for configuration in try store.configurations() {
      for link in try store.memberLinks(involving: object.id, configuration.id) {
        if let member = try store.object(link.member)?.guid { try store.markMemberDirty(link.group, member) }
      }
    }
  }

  func noteEdge(_ group: ObjectRecord, _ member: GUID) throws {
    try store.markDirty(group.id, nil)
    try store.markMemberDirty(group.id, member)
    guard let member = try store.object(member) else { return }
    try store.markDirty(member.id, nil)
    if member.objectClass == .group { try noteMembers(of: member) }
  }

  /// Whoever is in a group, at any depth, may have come into or gone out of scope with it. Groups hold one another in
  /// rings, too: each is visited once.
  private func noteMembers(of group: ObjectRecord) throws {
    var visited: Set<ObjectID> = [group.id]
    var waiting = [group]
    while let group = waiting.popLast() {
      for guid in try store.members(of: group.id) {
        guard let member = try store.object(guid) else { continue }
        try store.markDirty(member.id, nil)
        if member.objectClass == .group, visited.insert(member.id).inserted { waiting.append(member) }
      }
      for user in try store.primaryMembers(of: group) { try store.markDirty(user, nil) }
    }
  }
}
