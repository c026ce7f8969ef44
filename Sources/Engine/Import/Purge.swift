import Model

/// Forgets what objects were that the directory itself has forgotten, once no sink holds anything of them. The objectGUID and
/// the class stay.
///
/// After the lifetime of deletions nobody can restore them any more (MS-ADTS 3.1.1.1.15); until then their last place and
/// memberships tell what a restore brings back.
struct Purge: Sendable {
  let store: any Store

  private static let batch = 500

  func forget(in source: SourceID, deletedBefore date: Timestamp) async throws {
    var last: ObjectID?
    repeat {
      try Task.checkCancellation()
      last = try await store.write { [last] store in
        let dead = try store.deadObjects(in: source, deletedBefore: date, after: last, limit: Self.batch)
        let configurations = try store.configurations().map(\.id)
        for object in dead where try Self.isFree(object, configurations, store) { try Self.strip(object, store) }
        return dead.count < Self.batch ? nil : dead.last?.id
      }
    } while last != nil
  }

  private static func isFree(
    _ object: ObjectRecord,
    _ configurations: [ConfigurationID],
    _ store: any StoreReader
  ) throws -> Bool {
    guard object.claimant == nil else { return false }
    return try configurations.allSatisfy { configuration in
      try store.link(object.id, configuration) == nil
        && store.memberLinks(involving: object.id, configuration).isEmpty
    }
  }

  private static func strip(_ object: ObjectRecord, _ store: any StoreWriter) throws {
    for member in try store.members(of: object.id) { _ = try store.removeEdge(object.id, member) }
    // Groups of other domains are told by these.
    for group in try store.groups(withMember: object.guid) where try store.object(group)?.source == object.source {
      _ = try store.removeEdge(group, object.guid)
    }
    try store.clearTimers([object.id])
    var stripped = object
    stripped.parent = nil
    stripped.lastKnownParent = nil
    stripped.name = ""
    stripped.sid = nil
    stripped.primaryGroupRID = nil
    stripped.image = Image()
    // It was done.
    stripped.deletedAt = nil
    try store.update(stripped)
  }
}
