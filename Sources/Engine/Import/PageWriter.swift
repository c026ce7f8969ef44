import Model

/// Stores one answer of DirSync as it streams in. The last batch is held back, to be stored together with the cookie.
actor PageWriter {
  private let store: any Store
  private let source: SourceRecord
  private let time: any TimeSource
  private let others: OtherDomains
  private var held: [DirectoryChange] = []
  private(set) var delivered = 0

  init(store: any Store, source: SourceRecord, time: any TimeSource, others: OtherDomains) {
    self.store = store
    self.source = source
    self.time = time
    self.others = others
  }

  func write(_ changes: [DirectoryChange]) async throws {
    delivered += changes.count
    let ready = held
    held = changes
    guard !ready.isEmpty else { return }
    try await store.write { [source, time, others] store in
      let merge = ChangeMerge(store: store, source: source, now: time.now(), others: try others.sources(in: store))
      for change in ready { try merge.apply(change) }
    }
  }

  /// - Returns: the source with its new cookie.
  func finish(_ end: ChangesEnd) async throws -> SourceRecord {
    let last = held
    held = []
    return try await store.write { [source, time, others] store in
      let now = time.now()
      let merge = ChangeMerge(store: store, source: source, now: now, others: try others.sources(in: store))
      for change in last { try merge.apply(change) }
      // Someone may have asked for a full read meanwhile.
      var source = try store.source(source.id) ?? source
      if end.hasMore {
        source.cycleCookie = end.cookie
      } else {
        if source.isFullCycle { try Self.suspectUnseen(source, store) }
        source.endCycle(at: end.cookie, now)
      }
      source.sealCookies()
      try store.update(source)
      return source
    }
  }

  /// What a complete full cycle did not show is perhaps gone; that is found out object by object before it counts.
  private static func suspectUnseen(_ source: SourceRecord, _ store: any StoreWriter) throws {
    while true {
      let unseen = try store.unseenObjects(in: source.id, before: source.generation, limit: 1000)
      if unseen.isEmpty { return }
      for var object in unseen {
        object.isSuspect = true
        object.generation = source.generation
        try store.update(object)
      }
    }
  }
}

extension SourceRecord {
  fileprivate mutating func endCycle(at cookie: [UInt8], _ now: Timestamp) {
    stableCookie = cookie
    cycleCookie = nil
    cookieTime = now
    readUntil = cycleBegan
    if coveredSince == nil { coveredCookie = cookie }
    guard isFullCycle else { return }
    isFullCycle = false
    lastFullRead = now
    if fullReadDue == nil { fullReadReason = nil }
  }
}
