import Engine
import Model

extension MemoryTransaction {
  func dirtyObjects(in source: SourceID, limit: Int) throws -> [DirtyObject] {
    let sorted = (state.dirtyObjects[source] ?? []).sorted {
      ($0.object, $0.configuration?.rawValue ?? 0) < ($1.object, $1.configuration?.rawValue ?? 0)
    }
    return Array(sorted.prefix(limit))
  }

  func dirtyMembers(in source: SourceID, limit: Int) throws -> [DirtyMember] {
    let sorted = (state.dirtyMembers[source] ?? []).sorted { ($0.group, $0.member) < ($1.group, $1.member) }
    return Array(sorted.prefix(limit))
  }

  func dueTimers(at now: Timestamp, limit: Int) throws -> [ObjectID] {
    let due = state.timers.filter { $0.value <= now }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return due.prefix(limit).map(\.key)
  }

  func markDirty(_ object: ObjectID, _ configuration: ConfigurationID?) throws {
    insert(DirtyObject(object: object, configuration: configuration), into: \.dirtyObjects, try source(of: object))
  }

  func markAllDirty(in source: SourceID, _ configuration: ConfigurationID) throws {
    for object in state.objects.values where object.source == source { try markDirty(object.id, configuration) }
  }

  func markMemberDirty(_ group: ObjectID, _ member: GUID) throws {
    insert(DirtyMember(group: group, member: member), into: \.dirtyMembers, try source(of: group))
  }

  func clearDirty(_ objects: [DirtyObject]) throws {
    for dirty in objects {
      if let source = state.objects[dirty.object]?.source { remove(dirty, from: \.dirtyObjects, source) }
    }
  }

  func clearDirty(_ members: [DirtyMember]) throws {
    for dirty in members {
      if let source = state.objects[dirty.group]?.source { remove(dirty, from: \.dirtyMembers, source) }
    }
  }

  func setTimer(_ object: ObjectID, at date: Timestamp) throws {
    try requireObject(object)
    set(\.timers, object, min(date, state.timers[object] ?? date))
  }

  func clearTimers(_ objects: [ObjectID]) throws {
    for object in objects { set(\.timers, object, nil) }
  }

  private func source(of object: ObjectID) throws -> SourceID {
    guard let source = state.objects[object]?.source else { throw MemoryStoreError("no object \(object.rawValue)") }
    return source
  }
}
