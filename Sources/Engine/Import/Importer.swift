import Model

import Logging

/// Keeps the connector space of one domain equal to the directory.
///
/// The cookie moves only in the transaction that stores the last of what it covers, so nothing that it skips is ever
/// missing, whenever the process is killed.
struct Importer: Sendable {
  let domain: String
  let directory: any Directory
  let store: any Store
  let time: any TimeSource
  let logger: Logger
  let others: OtherDomains

  /// Reads what changed, or everything where there is no usable cookie, until the end of a cycle.
  func importChanges(attributes: Set<AttributeName>) async throws -> ImportReport {
    var report = ImportReport()
    do {
      try await importCycle(attributes, &report)
    } catch DirectoryError.cookieRejected(let detail) {
      logger.warning("cookie rejected, reading the directory in full", metadata: ["reason": "\(detail)"])
      try await requireFullRead("the domain controller rejected the cookie")
      try await importCycle(attributes, &report)
    }
    return report
  }

  private func importCycle(_ attributes: Set<AttributeName>, _ report: inout ImportReport) async throws {
    let start = try await begin(attributes)
    var source = start.source
    var delivered = 0
    while true {
      try Task.checkCancellation()
      let page = PageWriter(store: store, source: source, time: time, others: others)
      let end = try await directory.changes(since: source.cycleCookie ?? source.stableCookie, attributes: attributes) {
        try await page.write($0)
      }
      source = try await page.finish(end)
      delivered += await page.delivered
      if !end.hasMore { break }
    }
    report.imported += delivered
    // Polling repeats what is recent, all of a small domain perhaps, and knows its own cookies.
    if !start.isFull, source.method != .updateSequence, Self.isAsLargeAsFull(delivered, of: start.liveCount) {
      // A controller that does not know the cookie's origin sends everything without a word, deletions left out.
      try await requireFullRead("\(delivered) changes of \(start.liveCount) objects look like a full answer")
      return try await importCycle(attributes, &report)
    }
    let resolver = SuspectResolver(directory: directory, store: store, time: time, logger: logger, others: others)
    report.waitsFor = try await resolver.resolve(in: source.id, attributes: attributes)
    if start.isFull { try await Purge(store: store).forget(in: source.id, deletedBefore: start.forgetsUntil) }
  }

  /// The lifetime that is known is the shorter one of two, or assumed: within a year more a restore is still possible.
  private static let restorePeriod = Duration.seconds(365 * 86_400)

  private static func isAsLargeAsFull(_ delivered: Int, of live: Int) -> Bool {
    delivered > 20 && delivered * 100 > live * 30
  }

  private func requireFullRead(_ reason: String) async throws {
    let now = time.now()
    try await store.write { [domain] store in
      guard var source = try store.source(domain: domain) else { return }
      // A full cycle under way has met the same refusal.
      source.isFullCycle = false
      source.requireFullRead(reason, at: now)
      source.fullReadReason = reason
      try store.update(source)
    }
  }

  private struct Start: Sendable {
    let source: SourceRecord
    let isFull: Bool
    let liveCount: Int
    /// What was deleted before cannot be restored any more.
    let forgetsUntil: Timestamp
  }

  private func begin(_ attributes: Set<AttributeName>) async throws -> Start {
    let description = try await directory.describe()
    let names = attributes.sorted().map(\.folded).joined(separator: ",")
    let fingerprint = [names, description.method.rawValue, description.identity].joined(separator: "|")
    let now = time.now()
    let (start, reason) = try await store.write { [domain] store in
      var source = try store.registerSource(domain: domain)
      if let known = source.namingContextGUID, known != description.namingContextGUID {
        throw ImportError.anotherDomain(domain, controller: description.controller)
      }
      let liveCount = try store.liveObjectCount(in: source.id)
      let start = CycleStart(description: description, fingerprint: fingerprint, now: now, liveCount: liveCount)
      if start.isClockBehind(source) {
        for configuration in try store.configurations(in: source.id) {
          try store.markAllDirty(in: source.id, configuration.id)
        }
      }
      let reason = start.apply(to: &source)
      try store.update(source)
      return (
        Start(
          source: source,
          isFull: source.isFullCycle,
          liveCount: liveCount,
          forgetsUntil: now + (.zero - description.deletionLifetime - Self.restorePeriod)
        ),
        reason
      )
    }
    if let reason { logger.info("reading the directory in full", metadata: ["reason": "\(reason)"]) }
    return start
  }
}

/// What one import did.
struct ImportReport: Sendable {
  /// Entries that the directory delivered.
  var imported = 0
  /// Why nothing is decided about some objects; nil when none waits.
  var waitsFor: String?
}

package enum ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  case anotherDomain(String, controller: String)
  case tooManyVanished(Int, of: Int)

  package var description: String {
    switch self {
    case .anotherDomain(let domain, let controller):
      "\(controller) serves another domain of the name \(domain) than the one this store was filled from. Point the settings back to the former domain, or start with an empty state folder"
    case .tooManyVanished(let vanished, let all):
      "\(vanished) of \(all) objects are gone from the directory without a trace of deletion; nothing was changed. Most likely the account lost the right to read them: restore its rights"
    }
  }
}
