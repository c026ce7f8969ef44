import Engine
import Model

extension MemoryTransaction {
  func dirtyObjects(in source: SourceID, limit: Int) throws -> [DirtyObject] {
    let sorted = state.dirtyObjects.values.joined().filter { self.source(of: $0) == source }.sorted {
      ($0.object, $0.configuration?.rawValue ?? 0) < ($1.object, $1.configuration?.rawValue ?? 0)
    }
    return Array(sorted.prefix(limit))
  }

  func dirtyMembers(in source: SourceID, limit: Int) throws -> [DirtyMember] {
    let sorted = state.dirtyMembers.filter { state.objects[$0.key]?.source == source }.values.joined()
      .sorted { ($0.group, $0.member) < ($1.group, $1.member) }
    return Array(sorted.prefix(limit))
  }

  func dueTimers(at now: Timestamp, limit: Int) throws -> [ObjectID] {
    let due = state.timers.filter { $0.value <= now }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return due.prefix(limit).map(\.key)
  }

  func markDirty(_ object: ObjectID, _ configuration: ConfigurationID?) throws {
    try requireObject(object)
    insert(DirtyObject(object: object, configuration: configuration), into: \.dirtyObjects, object)
  }

  func markAllDirty(in source: SourceID, _ configuration: ConfigurationID) throws {
    for object in state.objects.values where object.source == source { try markDirty(object.id, configuration) }
  }

  func markMemberDirty(_ group: ObjectID, _ member: GUID) throws {
    try requireObject(group)
    insert(DirtyMember(group: group, member: member), into: \.dirtyMembers, group)
  }

  func clearDirty(_ objects: [DirtyObject]) throws {
    for dirty in objects { remove(dirty, from: \.dirtyObjects, dirty.object) }
  }

  func clearDirty(_ members: [DirtyMember]) throws {
    for dirty in members { remove(dirty, from: \.dirtyMembers, dirty.group) }
  }

  func setTimer(_ object: ObjectID, at date: Timestamp) throws {
    try requireObject(object)
    set(\.timers, object, min(date, state.timers[object] ?? date))
  }

  func clearTimers(_ objects: [ObjectID]) throws {
    for object in objects { set(\.timers, object, nil) }
  }

  /// Whose work it is.
  private func source(of dirty: DirtyObject) -> SourceID? {
    dirty.configuration.flatMap { state.configurations[$0]?.source } ?? state.objects[dirty.object]?.source
  }
}
