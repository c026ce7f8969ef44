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

  /// Reads what changed, or everything where there is no usable cookie, until the end of a cycle.
  ///
  /// - Returns: the number of entries that the directory delivered.
  func importChanges(attributes: Set<AttributeName>) async throws -> Int {
    do {
      return try await importCycle(attributes)
    } catch DirectoryError.cookieRejected(let detail) {
      logger.warning("cookie rejected, reading the directory in full", metadata: ["reason": "\(detail)"])
      try await forgetCookies()
      return try await importCycle(attributes)
    }
  }

  private func importCycle(_ attributes: Set<AttributeName>) async throws -> Int {
    let description = try await directory.describe()
    var source = try await beginCycle(description, attributes)
    var delivered = 0
    while true {
      try Task.checkCancellation()
      let page = PageWriter(store: store, source: source, time: time)
      let end = try await directory.changes(since: source.cycleCookie ?? source.stableCookie, attributes: attributes) {
        try await page.write($0)
      }
      source = try await page.finish(end)
      delivered += await page.delivered
      if !end.hasMore { break }
    }
    try await SuspectResolver(directory: directory, store: store, time: time, logger: logger)
      .resolve(in: source.id, attributes: attributes)
    return delivered
  }

  private func forgetCookies() async throws {
    try await store.write { store in
      guard var source = try store.source(domain: domain) else { return }
      source.stableCookie = nil
      source.cycleCookie = nil
      try store.update(source)
    }
  }

  // MARK: Where to begin

  private func beginCycle(
    _ description: DirectoryDescription,
    _ attributes: Set<AttributeName>
  ) async throws -> SourceRecord {
    let fingerprint = attributes.sorted().map(\.folded).joined(separator: ",")
    let (source, reason) = try await store.write { [domain] store in
      var source = try store.registerSource(domain: domain)
      if let known = source.namingContextGUID, known != description.namingContextGUID {
        throw ImportError.anotherDomain(domain, controller: description.controller)
      }
      let reason = Self.reasonForFullCycle(source, description, fingerprint)
      if source.invocationID != description.invocationID || reason != nil { source.cycleCookie = nil }
      if reason != nil {
        source.stableCookie = nil
        source.generation += 1
        source.isFullCycle = true
      }
      source.namingContext = description.namingContext
      source.namingContextGUID = description.namingContextGUID
      source.domainSID = description.domainSID
      source.controller = description.controller
      source.invocationID = description.invocationID
      source.highestSeenUSN = description.highestCommittedUSN
      source.readFingerprint = fingerprint
      try store.update(source)
      return (source, reason)
    }
    if let reason { logger.info("reading the directory in full", metadata: ["reason": "\(reason)"]) }
    return source
  }

  private static func reasonForFullCycle(
    _ source: SourceRecord,
    _ description: DirectoryDescription,
    _ fingerprint: String
  ) -> String? {
    let isSameController = source.invocationID == description.invocationID
    if source.stableCookie == nil && (source.cycleCookie == nil || !isSameController) { return "no complete read yet" }
    // Older changes of an attribute that was not asked for are not sent again.
    if source.readFingerprint != fingerprint { return "other attributes are mapped" }
    if isSameController && description.highestCommittedUSN < source.highestSeenUSN {
      return "the domain controller went back to an earlier state"
    }
    return nil
  }
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
