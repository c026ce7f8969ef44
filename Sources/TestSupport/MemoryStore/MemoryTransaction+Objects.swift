import Engine
import Model

extension MemoryTransaction {
  func object(_ id: ObjectID) throws -> ObjectRecord? {
    state.objects[id]
  }

  func object(_ guid: GUID) throws -> ObjectRecord? {
    state.objectsByGUID[guid].flatMap { state.objects[$0] }
  }

  func object(_ sid: SID, in source: SourceID) throws -> ObjectRecord? {
    let candidates = objects(state.objectsBySID[sid] ?? []).filter { $0.source == source }
    return candidates.first(where: \.isLive) ?? candidates.first
  }

  func objects(_ sid: SID) throws -> [ObjectRecord] {
    objects(state.objectsBySID[sid] ?? [])
  }

  func foreignPrincipals(_ sid: SID) throws -> [ObjectRecord] {
    try objects(sid).filter { $0.objectClass == .foreignSecurityPrincipal }
  }

  func descendants(of object: ObjectID) throws -> [ObjectID] {
    var seen: Set<ObjectID> = []
    var waiting = [object]
    while let next = waiting.popLast() {
      for child in state.objectsByParent[next] ?? [] where seen.insert(child).inserted { waiting.append(child) }
    }
    return seen.subtracting([object]).sorted()
  }

  func users(withPrimaryGroup relativeIdentifier: UInt32, in source: SourceID) throws -> [ObjectID] {
    objects(state.objectsByPrimaryGroup[relativeIdentifier] ?? [])
      .filter { $0.source == source && $0.isLive && $0.objectClass == .user }.map(\.id)
  }

  func unseenObjects(in source: SourceID, before generation: Int64, limit: Int) throws -> [ObjectRecord] {
    let unseen = state.objects.values.filter { $0.isReal(in: source) && $0.generation < generation }
    return Array(unseen.sorted { $0.id < $1.id }.prefix(limit))
  }

  func liveObjectCount(in source: SourceID) throws -> Int {
    state.objects.values.count { $0.isReal(in: source) }
  }

  func suspects(in source: SourceID, after last: ObjectID?, limit: Int) throws -> [ObjectRecord] {
    let suspects = state.objects.values.filter { object in
      object.source == source && object.isSuspect && last.map { $0 < object.id } ?? true
    }
    return Array(suspects.sorted { $0.id < $1.id }.prefix(limit))
  }

  func claims(by source: SourceID, after last: ObjectID?, limit: Int) throws -> [ObjectRecord] {
    let claimed = state.objects.values.filter { object in
      object.claimant == source && last.map { $0 < object.id } ?? true
    }
    return Array(claimed.sorted { $0.id < $1.id }.prefix(limit))
  }

  func deadObjects(
    in source: SourceID,
    deletedBefore date: Timestamp,
    after last: ObjectID?,
    limit: Int
  ) throws -> [ObjectRecord] {
    let dead = state.objects.values.filter { object in
      object.source == source && !object.isLive && !object.isSuspect && object.deletedAt.map { $0 < date } ?? false
        && last.map { $0 < object.id } ?? true
    }
    return Array(dead.sorted { $0.id < $1.id }.prefix(limit))
  }

  private func objects(_ ids: Set<ObjectID>) -> [ObjectRecord] {
    ids.sorted().compactMap { state.objects[$0] }
  }

  func insertObject(_ guid: GUID, in source: SourceID, generation: Int64) throws -> ObjectRecord {
    guard state.objectsByGUID[guid] == nil else { throw MemoryStoreError("object \(guid) is there already") }
    try requireSource(source)
    let id = ObjectID(Int64(state.objects.count) + 1)
    let object = ObjectRecord(id: id, guid: guid, source: source, generation: generation)
    set(\.objects, id, object)
    set(\.objectsByGUID, guid, id)
    return object
  }

  func update(_ object: ObjectRecord) throws {
    guard let before = state.objects[object.id] else { throw MemoryStoreError("no object \(object.guid)") }
    if let parent = object.parent { try requireObject(parent) }
    for source in [object.source, object.claimant] { if let source { try requireSource(source) } }
    set(\.objects, object.id, object)
    move(object.id, in: \.objectsBySID, from: before.sid, to: object.sid)
    move(object.id, in: \.objectsByParent, from: before.parent, to: object.parent)
    move(object.id, in: \.objectsByPrimaryGroup, from: before.primaryGroupRID, to: object.primaryGroupRID)
  }

  private func move<Key>(
    _ id: ObjectID,
    in index: WritableKeyPath<MemoryState, [Key: Set<ObjectID>]>,
    from before: Key?,
    to after: Key?
  ) {
    guard before != after else { return }
    if let before { remove(id, from: index, before) }
    if let after { insert(id, into: index, after) }
  }

  func requireObject(_ id: ObjectID) throws {
    guard state.objects[id] != nil else { throw MemoryStoreError("no object \(id.rawValue)") }
  }
}

extension ObjectRecord {
  fileprivate func isReal(in source: SourceID) -> Bool {
    self.source == source && isLive && objectClass != nil
  }
}
