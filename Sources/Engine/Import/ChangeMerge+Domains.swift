import Model

/// Objects that go from one domain to another keep their GUID and get a new SID (MS-ADTS 3.1.1.5.4.2). The one domain
/// shows a new object, the other one no longer knows it and says nothing, and either may be read first.
extension ChangeMerge {
  /// Whether the change is for this domain to make: it has the object, or takes it over now.
  func concerns(_ object: ObjectRecord, _ change: DirectoryChange) throws -> Bool {
    guard object.source != source.id else { return true }
    let isWhole = change.objectClass != nil
    if object.objectClass == nil { return true }
    // Late changes of before a move tell nothing about where the object is now.
    guard isWhole || (!object.isLive && change.isDeleted == false) else { return !others.contains(object.source) }
    if !object.isLive || !others.contains(object.source) { return true }
    try claim(object)
    return false
  }

  /// The domain that has it must deny it first: two domains that show one object are perhaps only a copy of each other.
  private func claim(_ object: ObjectRecord) throws {
    var claimed = object
    claimed.claimant = source.id
    claimed.isSuspect = true
    try store.update(claimed)
  }

  /// By a domain that is read; what another one said once counts again when it is.
  func isClaimed(_ object: ObjectRecord) -> Bool {
    object.claimant.map(others.contains) ?? false
  }

  func withdrawClaim(to object: ObjectRecord) throws {
    guard object.claimant == source.id else { return }
    var free = object
    free.claimant = nil
    // It may be on its way back: if its own domain does not know it, the wait begins anew.
    free.missingSince = nil
    try store.update(free)
  }

  /// Gives the object to the domain that claims it, if any does: it is to be read in full there.
  ///
  /// - Returns: whether one does.
  func yield(_ object: ObjectRecord) throws -> Bool {
    guard isClaimed(object), let target = try object.claimant.flatMap({ try store.source($0) }) else { return false }
    var moved = object
    try rehome(&moved, to: target)
    moved.isSuspect = true
    try store.update(moved)
    try noteMove(from: object, to: moved)
    return true
  }

  /// What this domain says of an object that it claims, read in full: it may have lost it again, or the other domain may
  /// have gone without a word.
  func settleClaim(to object: ObjectRecord, with reading: DirectoryChange?) throws {
    guard let reading, reading.isDeleted != true else { return try withdrawClaim(to: object) }
    guard !object.isLive || !others.contains(object.source) else { return }
    var moved = object
    try rehome(&moved, to: source)
    moved.isSuspect = true
    try store.update(moved)
    try noteMove(from: object, to: moved)
    try replace(moved, with: reading)
  }

  /// Nothing of what the former domain said counts in the new one. The members of a group stay until it is read in full there:
  /// others may be in scope through it.
  func rehome(_ object: inout ObjectRecord, to target: SourceRecord) throws {
    object.source = target.id
    object.generation = target.generation
    object.parent = nil
    object.sid = nil
    object.primaryGroupRID = nil
    object.lastKnownParent = nil
    object.image = Image()
    object.isLive = true
    object.deletedAt = nil
    object.isSuspect = false
    object.claimant = nil
    object.missingSince = nil
  }

  func noteMove(from before: ObjectRecord, to after: ObjectRecord) throws {
    if let group = try store.primaryGroup(of: before) { try store.markMemberDirty(group.id, before.guid) }
    try noteAll(of: after)
  }

  /// Groups of other domains hold it by its SID.
  func notePrincipals(of object: ObjectRecord) throws {
    for group in try store.groupsHoldingPrincipal(of: object) { try store.markMemberDirty(group, object.guid) }
  }
}
