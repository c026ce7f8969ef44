import Model

/// Applies what the directory says to the connector space, within one transaction, and notes what must be evaluated.
///
/// Repeats and overlaps are harmless: applying the same changes again, in the same order, gives the same state.
struct ChangeMerge {
  let store: any StoreWriter
  let source: SourceRecord
  let now: Timestamp
  /// The other domains that are read, to which objects may move and from which they may come.
  let others: Set<SourceID>

  func apply(_ change: DirectoryChange) throws {
    // Whoever is recycled was deleted before, which is then not said again.
    if change.isDeleted == true || change.isRecycled == true {
      try bury(change)
    } else {
      try merge(change)
    }
  }

  /// A read in full: what it does not say is not so. Nil means that the directory does not know the object.
  ///
  /// - Parameter verified: objects that were read in full lately, so that their own members count.
  func replace(_ object: ObjectRecord, with reading: DirectoryChange?, verified: Set<ObjectID> = []) throws {
    guard let reading, reading.isDeleted != true else {
      try markDead(object)
      return
    }
    var changed = object
    changed.image = Image()
    changed.isLive = true
    changed.deletedAt = nil
    changed.isSuspect = false
    changed.missingSince = nil
    changed.generation = source.generation
    changed.primaryGroupRID = nil
    try update(&changed, from: reading)
    try store.update(changed)
    try noteDifference(from: object, to: changed)
    if object.isSuspect { try noteAll(of: changed) }
    if case .all(let members) = reading.members { try replaceMembers(of: changed, with: members, reading) }
    if let groups = reading.memberOf { try compareGroups(of: changed, with: groups, verified: verified) }
  }

  // MARK: Deletion

  /// The last name, place and edges stay with a deleted object: its restore, and whoever asks why, need them.
  private func bury(_ change: DirectoryChange) throws {
    guard var object = try store.object(change.guid) else { return }
    guard object.source == source.id else { return try withdrawClaim(to: object) }
    object.lastKnownParent = change.lastKnownParent ?? object.lastKnownParent
    try markDead(object)
    // Its links are gone for good (MS-ADTS 3.1.1.5.5.1.3).
    if change.isRecycled == true { try removeEdges(around: object) }
  }

  private func markDead(_ object: ObjectRecord) throws {
    if try yield(object) { return }
    var dead = object
    dead.isSuspect = false
    dead.missingSince = nil
    dead.generation = source.generation
    if object.isLive {
      dead.isLive = false
      dead.deletedAt = now
    }
    try store.update(dead)
    if object.isLive || object.isSuspect { try noteAll(of: dead) }
  }

  // MARK: Creation and modification

  private func merge(_ change: DirectoryChange) throws {
    let before = try store.object(change.guid)
    if let before, try !concerns(before, change) { return }
    var object = try before ?? store.insertObject(change.guid, in: source.id, generation: source.generation)

    if object.source != source.id {
      try rehome(&object, to: source)
      object.isSuspect = change.objectClass == nil || change.objectClass == .group
    } else if source.isFullCycle && object.generation < source.generation {
      try beginAnew(&object)
    } else if before?.isLive == false {
      object.isSuspect = true
      // What else changes of a deleted object is perhaps only late; reading it will tell.
      if change.isDeleted == false || change.objectClass != nil {
        object.isLive = true
        object.deletedAt = nil
      }
    } else if before == nil || before?.objectClass == nil {
      // A first sight without class is not a whole object: it stays suspect until it was read.
      object.isSuspect = change.objectClass == nil
    }
    if change.needsFullRead { object.isSuspect = true }
    // Deleted and restored since the last read: it never looked dead here, and which links came back is not said.
    if before != nil && change.isDeleted == false { object.isSuspect = true }
    try update(&object, from: change)
    try store.update(object)
    try noteDifference(from: before, to: object)
    // A full cycle has shown it whole.
    if before?.isSuspect == true && !object.isSuspect { try noteAll(of: object) }
    try applyMembers(of: change, to: object)
  }

  /// In a full cycle every object is delivered whole, in one entry or several: the first one wipes the slate.
  private func beginAnew(_ object: inout ObjectRecord) throws {
    object.generation = source.generation
    object.image = Image()
    object.isLive = true
    object.deletedAt = nil
    object.isSuspect = isClaimed(object)
    object.missingSince = nil
    for member in try store.members(of: object.id) { try removeEdge(object, member) }
  }

  private func update(_ object: inout ObjectRecord, from change: DirectoryChange) throws {
    if let objectClass = change.objectClass { object.objectClass = objectClass }
    if let sid = change.sid { object.sid = sid }
    if let relativeIdentifier = change.primaryGroupRID { object.primaryGroupRID = relativeIdentifier }
    if let name = change.name {
      object.name = name
      object.parent = try change.parent.map { try parent($0) }
    }
    object.image.merge(change.attributes)
  }

  /// Children may come before their parents: a parent not yet seen gets a row to be filled, or to be read at the end.
  private func parent(_ guid: GUID) throws -> ObjectID {
    var container: ObjectRecord
    if let known = try store.object(guid) {
      guard known.objectClass == nil && known.source != source.id else { return known.id }
      container = known
      try rehome(&container, to: source)
    } else {
      container = try store.insertObject(guid, in: source.id, generation: 0)
    }
    container.isSuspect = true
    try store.update(container)
    return container.id
  }

  // MARK: Members

  private func applyMembers(of change: DirectoryChange, to group: ObjectRecord) throws {
    switch change.members {
    case .unchanged: break
    case .difference(let added, let removed):
      for member in removed { try removeEdge(group, member) }
      for member in added { try addEdge(group, member, lasting: change.memberLifetimes[member]) }
    case .all(let members):
      try replaceMembers(of: group, with: members, change)
    }
  }

  private func replaceMembers(of group: ObjectRecord, with members: [GUID], _ change: DirectoryChange) throws {
    let wanted = Set(members)
    for member in try store.members(of: group.id) where !wanted.contains(member) { try removeEdge(group, member) }
    for member in members { try addEdge(group, member, lasting: change.memberLifetimes[member]) }
  }

  /// What memberOf says counts for groups of the same domain only: of others it depends on the controller that is asked,
  /// and their own domain tells of their members.
  ///
  /// A group that it does not name is read itself, for nobody can tell what was removed from what the account may not see.
  private func compareGroups(of member: ObjectRecord, with groups: [GUID], verified: Set<ObjectID>) throws {
    for group in try store.groups(withMember: member.guid) where !verified.contains(group) {
      guard var group = try store.object(group), group.isLive, group.source == member.source,
        !groups.contains(group.guid), !group.isSuspect
      else { continue }
      group.isSuspect = true
      try store.update(group)
    }
    for group in groups {
      guard let group = try store.object(group), group.source == member.source,
        try !store.hasMember(group.id, member.guid)
      else { continue }
      try addEdge(group, member.guid)
    }
  }

  /// Nothing is reported when a membership ends by itself (MS-ADTS 3.1.1.9.2).
  func endExpiredMemberships() throws {
    for edge in try store.expiredEdges(in: source.id, at: now, limit: .max) {
      if let group = try store.object(edge.group) { try removeEdge(group, edge.member) }
    }
  }

  private func removeEdges(around object: ObjectRecord) throws {
    for member in try store.members(of: object.id) { try removeEdge(object, member) }
    for group in try store.removeEdges(to: object.guid) { try store.markMemberDirty(group, object.guid) }
  }

  private func addEdge(_ group: ObjectRecord, _ member: GUID, lasting lifetime: Duration? = nil) throws {
    let isNew = try store.insertEdge(group.id, member, expires: lifetime.map { now + $0 })
    if isNew { try noteEdge(group, member) }
  }

  func removeEdge(_ group: ObjectRecord, _ member: GUID) throws {
    if try store.removeEdge(group.id, member) { try noteEdge(group, member) }
  }
}
