package import Logging
package import Model

/// Sends what is pending of one configuration to its sink: intent stored before each request, outcome stored after it, so
/// that a kill at any point leaves at most a request to be repeated and never a change forgotten.
package struct Exporter: Sendable {
  let configuration: ConfigurationID
  let sink: any Sink
  let store: any Store
  let time: any TimeSource
  let logger: Logger
  let limits: DeleteGuard
  let book: LogBook

  package init(
    configuration: ConfigurationID,
    sink: any Sink,
    store: any Store,
    time: any TimeSource,
    logger: Logger,
    limits: DeleteGuard,
    book: LogBook = LogBook()
  ) {
    self.configuration = configuration
    self.sink = sink
    self.store = store
    self.time = time
    self.logger = logger
    self.limits = limits
    self.book = book
  }

  /// Longer pauses asked for by a sink are left to the next run.
  private static let longestPause = Duration.seconds(120)

  /// - Parameter deadline: when to stop and let the directory be read again; pending work stays pending.
  package func export(until deadline: Timestamp) async throws -> ExportReport {
    var pass = ExportPass(exporter: self, deadline: deadline)
    try await recover()
    try await review()
    guard try await hasWork() else { return pass.report }
    do throws(SinkUnavailable) {
      try await sink.open()
    } catch {
      pass.report.unavailable = error
      return pass.report
    }
    try await pass.drainAll()
    // Who was refused for a name that another one still had may have it now.
    if !pass.isOver, pass.report.counts.deleted + pass.report.counts.updated > 0, try await releaseClashes() {
      try await pass.drainAll()
    }
    return pass.report
  }

  private func releaseClashes() async throws -> Bool {
    try await store.write { [configuration] store in
      var isReleased = false
      for phase in [ExportPhase.users, .groups] {
        for var link in try store.pendingLinks(configuration, phase: phase, at: .distantFuture, limit: 1000)
        where link.state == .escrow && link.isClash {
          link.state = .pending
          link.notBefore = nil
          try store.save(link)
          isReleased = true
        }
      }
      return isReleased
    }
  }

  private func recover() async throws {
    try await store.write { [configuration] store in try store.recoverLinks(of: configuration) }
  }

  /// Nothing that withdraws something leaves before this has seen it.
  private func review() async throws {
    let now = time.now()
    try await store.write { [configuration, limits] store in
      guard let record = try store.configurations().first(where: { $0.id == configuration }) else { return }
      var review = GuardReview(store, record, limits: limits, now: now)
      try review.run()
    }
  }

  /// Whether anything can be sent, or is to be looked at, now.
  func hasWork() async throws -> Bool {
    let now = time.now()
    return try await store.read { [configuration] store in
      if try !store.links(configuration, behind: .staged, after: nil, limit: 1).isEmpty { return true }
      if try !store.memberLinks(configuration, behind: .staged, after: nil, limit: 1).isEmpty { return true }
      for phase in ExportPhase.allCases
      where try !store.pendingLinks(configuration, phase: phase, at: now, limit: 1).isEmpty {
        return true
      }
      return try !store.groupsWithPendingMembers(configuration, at: now, limit: 1).isEmpty
    }
  }

  /// Waits as the sink asked; false when that is too long for this run.
  func pause(_ duration: Duration) async throws -> Bool {
    guard duration <= Self.longestPause else { return false }
    logger.info("sink asked for a pause", metadata: ["seconds": "\(duration.milliseconds / 1000)"])
    try await time.sleep(for: duration)
    return true
  }
}
