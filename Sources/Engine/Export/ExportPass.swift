import Logging
import Model

/// One walk through the phases of an export.
struct ExportPass {
  let exporter: Exporter
  let deadline: Timestamp
  var report = ExportReport()
  private var mustStop = false

  init(exporter: Exporter, deadline: Timestamp) {
    self.exporter = exporter
    self.deadline = deadline
  }

  var isOver: Bool { mustStop || report.unavailable != nil || report.hasMore }

  mutating func drainAll() async throws {
    for phase in ExportPhase.allCases {
      // Members go out between the last create and the first delete.
      if phase == .groupDeletes { try await drainMembers() }
      try await drain(phase)
      if isOver { return }
    }
  }

  private mutating func drain(_ phase: ExportPhase) async throws {
    while try await mayGoOn() {
      guard let links = try await dispatch(phase) else { return }
      if links.isEmpty { continue }
      let outcomes = await exporter.sink.apply(links.compactMap(\.operation))
      try await settle(links, outcomes)
      try await follow(outcomes)
    }
  }

  private mutating func drainMembers() async throws {
    while try await mayGoOn() {
      let batches = try await dispatchMembers()
      if batches.isEmpty { return }
      let outcomes = await exporter.sink.apply(batches.map(\.operation))
      try await settle(batches, outcomes)
      try await follow(outcomes)
    }
  }

  // MARK: Going on or not

  private mutating func mayGoOn() async throws -> Bool {
    try Task.checkCancellation()
    if isOver { return false }
    report.hasMore = exporter.time.now() >= deadline
    return !report.hasMore
  }

  private mutating func follow(_ outcomes: [OperationOutcome]) async throws {
    var longest: Duration?
    for outcome in outcomes {
      switch outcome {
      case .unavailable(let reason): report.unavailable = reason
      case .notSent(let pause): longest = max(longest ?? .zero, pause ?? .zero)
      default: break
      }
    }
    guard let longest, report.unavailable == nil else { return }
    try Task.checkCancellation()
    guard longest > .zero else {
      mustStop = true
      return
    }
    if try await !exporter.pause(longest) {
      mustStop = true
      report.pausedUntil = exporter.time.now() + longest
    }
  }

  // MARK: Objects

  /// Nil when nothing is pending in that phase.
  private func dispatch(_ phase: ExportPhase) async throws -> [LinkRecord]? {
    let (configuration, now) = (exporter.configuration, exporter.time.now())
    let limit = exporter.sink.capabilities.batchSize
    return try await exporter.store.write { store in
      let pending = try store.pendingLinks(configuration, phase: phase, at: now, limit: limit)
      if pending.isEmpty { return nil }
      var dispatched: [LinkRecord] = []
      for link in pending {
        guard link.operation != nil else {
          if link.confirmed == nil && link.presence != .present && !link.isUncertain {
            // Left before the sink had it: it begins anew when it comes back.
            try store.forget(link)
          } else {
            try store.save(link.settledWithoutRequest())
          }
          continue
        }
        dispatched.append(link)
        try store.save(link.dispatched())
      }
      return dispatched
    }
  }

  /// What is unknown because this process stops is left as it would be after a kill: the next one finds it out at once.
  private mutating func settle(_ links: [LinkRecord], _ outcomes: [OperationOutcome]) async throws {
    let (now, book) = (exporter.time.now(), exporter.book)
    let isStopping = Task.isCancelled
    try await exporter.store.write { store in
      var log = LogWriter(book, store, at: now)
      for (before, outcome) in zip(links, outcomes) where !(isStopping && outcome.isUnknown) {
        try log.note(before, outcome)
        guard let current = try store.link(before.object, before.configuration) else { continue }
        var after = current.settled(outcome, after: before, at: now)
        if case .done = outcome, after?.isUncertain == true {
          // What follows is another operation.
          after?.desiredVersion = try store.nextVersion()
        }
        if before.isGone(after: outcome) {
          // Its memberships went with it; if it is made anew they are to be sent anew.
          try store.endMemberships(of: before)
          if after != nil { try store.markDirty(before) }
        } else if before.isUncertain, case .create = before.operation?.action, case .done = outcome {
          try store.doubtMemberLinks(of: before)
        }
        if let after { try store.save(after) } else { try store.forget(before) }
      }
    }
    book.bell.ring()
    for (link, outcome) in zip(links, outcomes) { note(link, outcome) }
  }

  private mutating func note(_ link: LinkRecord, _ outcome: OperationOutcome) {
    guard let operation = link.operation else { return }
    switch (outcome, operation.action) {
    case (.done, .create): report.counts.created += 1
    case (.done, .update) where link.phase == .withdrawals && link.confirmed?.isActive == true:
      report.counts.disabled += 1
    case (.done, .update): report.counts.updated += 1
    case (.done, .delete): report.counts.deleted += 1
    case (.notSent, _), (.unavailable, _): return
    case (.done, .members), (.membersRefused, _): return
    default: report.counts.failed += 1
    }
    exporter.log(operation, outcome)
  }

  // MARK: Memberships

  private func dispatchMembers() async throws -> [MemberBatch] {
    let (configuration, now) = (exporter.configuration, exporter.time.now())
    let capabilities = exporter.sink.capabilities
    return try await exporter.store.write { store in
      var batches: [MemberBatch] = []
      for group in try store.groupsWithPendingMembers(configuration, at: now, limit: capabilities.batchSize) {
        guard let batch = try MemberBatch(of: group, at: now, limit: capabilities.memberChunk, in: store) else {
          continue
        }
        batches.append(batch)
        for var link in batch.links {
          link.isConfirmed = nil
          try store.save(link)
        }
      }
      return batches
    }
  }

  private mutating func settle(_ batches: [MemberBatch], _ outcomes: [OperationOutcome]) async throws {
    let (now, book) = (exporter.time.now(), exporter.book)
    let isStopping = Task.isCancelled
    try await exporter.store.write { store in
      var log = LogWriter(book, store, at: now)
      for (batch, outcome) in zip(batches, outcomes) where !(isStopping && outcome.isUnknown) {
        try log.note(batch, outcome)
        try batch.settle(outcome, in: store, at: now)
      }
    }
    book.bell.ring()
    for (batch, outcome) in zip(batches, outcomes) {
      switch outcome {
      case .done:
        report.counts.membersAdded += batch.links.count { $0.isDesired }
        report.counts.membersRemoved += batch.links.count { !$0.isDesired }
      case .membersRefused(let refused):
        guard case .members(let added, let removed) = batch.operation.action else { continue }
        report.counts.membersAdded += added.count { refused[$0.guid] == nil }
        report.counts.membersRemoved += removed.count { refused[$0.guid] == nil }
        report.counts.failed += refused.count
      case .notSent, .unavailable: continue
      default: report.counts.failed += 1
      }
      exporter.log(batch.operation, outcome)
    }
  }
}

extension LinkRecord {
  fileprivate func isGone(after outcome: OperationOutcome) -> Bool {
    switch outcome {
    case .linkStale: true
    case .done: desired == nil
    default: false
    }
  }
}

extension OperationOutcome {
  fileprivate var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}
