import Model

import Logging

/// Reads in full, by objectGUID, whatever the entries of DirSync did not tell whole: placeholders, restored objects, and
/// objects that a full cycle did not show.
///
/// An object is held for deleted only when the directory says so or does not know its GUID, and not even then when
/// many vanish at once: an account that lost its rights sees just the same. An object that its domain does not know may
/// have moved to another one.
struct SuspectResolver: Sendable {
  let directory: any Directory
  let store: any Store
  let time: any TimeSource
  let logger: Logger
  let others: OtherDomains

  static let batch = 100
  private static let vanishedAllowed = 2
  private static let vanishedAllowedPercent = 5

  /// A day: what one domain controller had and another one has not got by then is held for lost.
  static let patience = Duration.seconds(86_400)

  /// - Returns: why nothing is decided about some objects; nil when none waits.
  func resolve(in source: SourceID, attributes: Set<AttributeName>) async throws -> String? {
    do {
      let covered = try await coveredCookie(in: source)
      let open = try await resolveAll(in: source, attributes, notBehind: covered)
      try await settleClaims(of: source, attributes, notBehind: covered)
      return open.reason
    } catch let error as DirectoryError {
      guard case .behind = error else { throw error }
      logger.info("objects wait to be read in full", metadata: ["reason": "\(error)"])
      return "\(error)"
    }
  }

  /// What the domain controller must have, so that what it says or does not say of one object counts.
  ///
  /// - Throws: `DirectoryError.behind` while it does not.
  private func coveredCookie(in id: SourceID) async throws -> [UInt8]? {
    guard let source = try await store.read({ try $0.source(id) }) else { return nil }
    guard let since = source.coveredSince else { return source.coveredCookie }
    if time.now() - since <= Self.patience {
      _ = try await directory.read([], attributes: [], notBehind: source.coveredCookie)
    } else {
      logger.warning("changes read from another domain controller never arrived and are held for lost")
    }
    try await store.write { store in
      guard var source = try store.source(id) else { return }
      source.coveredCookie = source.stableCookie
      source.coveredSince = nil
      try store.update(source)
    }
    return source.stableCookie
  }

  private func resolveAll(
    in source: SourceID,
    _ attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> OpenQuestions {
    var open = OpenQuestions()
    var vanished: [ObjectID] = []
    var last: ObjectID?
    var seen: Set<ObjectID> = []
    var isDone = true
    while true {
      try Task.checkCancellation()
      let found = try await store.read { [last] in try $0.suspects(in: source, after: last, limit: Self.batch) }
      guard let end = found.last?.id else {
        if isDone { break }
        // What was read may have cast doubt on what stands before it. Nothing is read twice.
        (last, isDone) = (nil, true)
        continue
      }
      last = end
      let suspects = found.filter { !seen.contains($0.id) }
      if suspects.isEmpty { continue }
      isDone = false
      seen.formUnion(suspects.map(\.id))
      logger.debug("reading objects in full", metadata: ["count": "\(suspects.count)"])
      let readings = try await directory.read(suspects.map(\.guid), attributes: attributes, notBehind: cookie)
      let batch = try await settle(suspects.map(\.id), with: readings, in: source, verified: seen)
      vanished += batch.vanished
      open.add(batch.open)
    }
    open.log(logger)
    try await refuseTooMany(vanished.count, in: source)
    for start in stride(from: 0, to: vanished.count, by: Self.batch) {
      let batch = Array(vanished[start..<min(start + Self.batch, vanished.count)])
      try await bury(batch, in: source)
    }
    return open
  }

  private func bury(_ vanished: [ObjectID], in source: SourceID) async throws {
    try await store.write { [time, others] store in
      guard let source = try store.source(source) else { return }
      let merge = ChangeMerge(store: store, source: source, now: time.now(), others: try others.sources(in: store))
      for var configuration in try store.configurations(in: source.id) {
        configuration.holdsAll = "objects are gone from the directory without a trace of deletion"
        try store.update(configuration)
      }
      for id in vanished {
        if let object = try store.object(id), object.source == source.id { try merge.replace(object, with: nil) }
      }
    }
  }

  private func refuseTooMany(_ vanished: Int, in source: SourceID) async throws {
    guard vanished > Self.vanishedAllowed else { return }
    let live = try await store.read { try $0.liveObjectCount(in: source) }
    if vanished * 100 > live * Self.vanishedAllowedPercent {
      throw ImportError.tooManyVanished(vanished, of: live)
    }
  }
}
