import Model

extension SuspectResolver {
  struct Batch: Sendable {
    /// Gone as far as this domain and all others can tell.
    var vanished: [ObjectID] = []
    var open = OpenQuestions()
  }

  /// - Parameter verified: objects that were read in full lately.
  func settle(
    _ suspects: [ObjectID],
    with readings: [GUID: DirectoryChange?],
    in source: SourceID,
    verified: Set<ObjectID>
  ) async throws -> Batch {
    try await store.write { [time, others] store in
      var batch = Batch()
      guard let source = try store.source(source) else { return batch }
      let now = time.now()
      let merge = ChangeMerge(store: store, source: source, now: now, others: try others.sources(in: store))
      for id in suspects {
        // It may have gone to another domain meanwhile.
        guard let object = try store.object(id), object.source == source.id else { continue }
        guard let reading = readings[object.guid] else { continue }
        if reading == nil && object.isLive && object.objectClass != nil {
          if try merge.yield(object) { continue }
          if try Self.isGone(object, from: others, at: now, store) {
            batch.vanished.append(id)
          } else {
            batch.open.missing += 1
          }
        } else if merge.isClaimed(object), let reading, reading.isDeleted != true {
          batch.open.claimed += 1
          if object.missingSince != nil {
            var found = object
            found.missingSince = nil
            try store.update(found)
          }
        } else {
          try merge.replace(object, with: reading, verified: verified)
        }
      }
      return batch
    }
  }

  /// What one domain has got of a move later than the other one has lost it, for its domain controllers replicate at their
  /// own pace.
  private static let replicationGrace = Duration.seconds(4 * 3600)

  /// Whether no other domain has it either. One that cannot be read must not keep who left for ever.
  private static func isGone(
    _ object: ObjectRecord,
    from others: OtherDomains,
    at now: Timestamp,
    _ store: any StoreWriter
  ) throws -> Bool {
    if others.names.isEmpty { return true }
    // The clock may have been put back.
    let since = object.missingSince.map { min($0, now) } ?? now
    if since + patience <= now { return true }
    if try others.wereRead(after: since + replicationGrace, by: now, in: store) { return true }
    if since != object.missingSince {
      var missing = object
      missing.missingSince = since
      try store.update(missing)
    }
    return false
  }

  /// A claim ends when the domain does not have the object, and is fulfilled when nobody else has.
  func settleClaims(
    of source: SourceID,
    _ attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws {
    var last: ObjectID?
    while true {
      try Task.checkCancellation()
      let claims = try await store.read { [last] in try $0.claims(by: source, after: last, limit: Self.batch) }
      guard let end = claims.last?.id else { return }
      last = end
      let readings = try await directory.read(claims.map(\.guid), attributes: attributes, notBehind: cookie)
      try await store.write { [time, others] store in
        guard let source = try store.source(source) else { return }
        let merge = ChangeMerge(store: store, source: source, now: time.now(), others: try others.sources(in: store))
        for claim in claims {
          guard let object = try store.object(claim.id), object.claimant == source.id else { continue }
          if let reading = readings[object.guid] { try merge.settleClaim(to: object, with: reading) }
        }
      }
    }
  }
}
