import Model

/// Brings every link of a domain up to date with the connector space, batch by batch, so that memory stays bounded and a
/// crash loses at most a batch of work. Runs only on a consistent state: after a complete cycle without open suspects.
struct Evaluator: Sendable {
  let store: any Store
  let time: any TimeSource

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
    try await store.write { store in
      for var record in try store.configurations(in: source) {
        let fingerprint = contexts.first { $0.id == record.id }?.fingerprint
        guard record.fingerprint != fingerprint else { continue }
        record.fingerprint = fingerprint
        try store.update(record)
        if fingerprint != nil { try store.markAllDirty(in: source, record.id) }
      }
      if let source = try store.source(source) {
        try ChangeMerge(store: store, source: source, now: now).endExpiredMemberships()
      }
      let due = try store.dueTimers(at: now, limit: 10_000)
      for object in due { try store.markDirty(object, nil) }
      try store.clearTimers(due)
    }
  }

  private func evaluateObjects(_ source: SourceID, _ contexts: [EvaluationContext]) async throws -> Int {
    let now = time.now()
    return try await store.write { store in
      let dirty = try store.dirtyObjects(in: source, limit: Self.batch)
      var evaluation = ObjectEvaluation(store, at: now)
      for entry in dirty {
        let concerned = contexts.filter { entry.configuration == nil || entry.configuration == $0.id }
        try evaluation.evaluate(entry.object, in: concerned, isForced: entry.configuration != nil)
      }
      try store.clearDirty(dirty)
      return dirty.count
    }
  }

  private func evaluateMembers(_ source: SourceID, _ contexts: [EvaluationContext]) async throws -> Int {
    try await store.write { store in
      let dirty = try store.dirtyMembers(in: source, limit: Self.batch)
      let evaluation = MembershipEvaluation(store)
      for pair in dirty { try evaluation.evaluate(pair, in: contexts) }
      try store.clearDirty(dirty)
      return dirty.count
    }
  }
}
