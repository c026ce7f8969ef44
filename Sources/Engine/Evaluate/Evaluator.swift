import Model

/// Brings every link of a domain up to date with the connector space, batch by batch, so that memory stays bounded and a
/// crash loses at most a batch of work. Runs only after a complete cycle; suspects that are still open are passed over.
struct Evaluator: Sendable {
  let store: any Store
  let time: any TimeSource
  let others: OtherDomains
  /// Names of the enabled configurations of the domain that take no part, since their scope does not stand.
  let leftOut: Set<String>

  private static let batch = 500

  /// - Returns: the number of objects evaluated.
  func evaluate(_ source: SourceID, _ contexts: [EvaluationContext]) async throws -> Int {
    try await prepare(source, contexts)
    var evaluated = 0
    while true {
      try Task.checkCancellation()
      let count = try await evaluateObjects(source, contexts)
      if count == 0 { break }
      evaluated += count
    }
    while try await evaluateMembers(source, contexts) > 0 {
      try Task.checkCancellation()
    }
    return evaluated
  }

  /// Configurations that take no part now will have missed changes: they start over when they come back.
  private func prepare(_ source: SourceID, _ contexts: [EvaluationContext]) async throws {
    let now = time.now()
    try await store.write { [others] store in
      let read = try others.sources(in: store).union([source])
      for var record in try store.configurations(in: source) {
        let fingerprint = contexts.first { $0.id == record.id }?.fingerprint
        guard record.fingerprint != fingerprint else { continue }
        record.fingerprint = fingerprint
        record.note(fingerprint)
        try store.update(record)
        guard fingerprint != nil else { continue }
        try store.markAllDirty(in: source, record.id)
        for object in try store.foreignObjects(linkedBy: record.id) {
          try Self.mark(object, for: source, read, store)
        }
      }
      if let source = try store.source(source) {
        let others = try others.sources(in: store)
        try ChangeMerge(store: store, source: source, now: now, others: others).endExpiredMemberships()
      }
      let due = try store.dueTimers(at: now, limit: 10_000)
      for object in due { try Self.mark(object, for: source, read, store) }
      try store.clearTimers(due)
    }
  }

  /// An object is evaluated by its own domain, which hands it on to those that it has left. When that one is not read any
  /// more, this one looks after its own links.
  private static func mark(
    _ id: ObjectID,
    for source: SourceID,
    _ read: Set<SourceID>,
    _ store: any StoreWriter
  ) throws {
    guard let object = try store.object(id) else { return }
    if read.contains(object.source) { return try store.markDirty(id, nil) }
    for configuration in try store.configurations(in: source) where try store.link(id, configuration.id) != nil {
      try store.markDirty(id, configuration.id)
    }
  }

  private func evaluateObjects(_ source: SourceID, _ contexts: [EvaluationContext]) async throws -> Int {
    let now = time.now()
    return try await store.write { [leftOut, others] store in
      let dirty = Self.whole(try store.dirtyObjects(in: source, limit: Self.batch))
      var evaluation = try ObjectEvaluation(store, of: source, beside: others.sources(in: store), at: now)
      var isJudged = true
      for (index, entry) in dirty.enumerated() {
        let concerned = contexts.filter { entry.configuration == nil || entry.configuration == $0.id }
        if try !evaluation.evaluate(entry.object, in: concerned, isForced: entry.configuration != nil) {
          isJudged = false
        }
        let isLast = index + 1 == dirty.count || dirty[index + 1].object != entry.object
        if isLast && isJudged { try evaluation.release(entry.object, asked: contexts, leftOut: leftOut) }
        if isLast { isJudged = true }
      }
      try store.clearDirty(dirty)
      return dirty.count
    }
  }

  /// All entries of an object stay together, so that no domain concludes that nobody wants it before all were asked.
  private static func whole(_ dirty: [DirtyObject]) -> [DirtyObject] {
    guard dirty.count == batch, let last = dirty.last?.object, dirty.first?.object != last else { return dirty }
    return dirty.filter { $0.object != last }
  }

  private func evaluateMembers(_ source: SourceID, _ contexts: [EvaluationContext]) async throws -> Int {
    try await store.write { store in
      let dirty = try store.dirtyMembers(in: source, limit: Self.batch)
      let evaluation = try MembershipEvaluation(store)
      for pair in dirty { try evaluation.evaluate(pair, in: contexts) }
      try store.clearDirty(dirty)
      return dirty.count
    }
  }
}
