package import Model

/// What a restart may forget, so that it is found out again.
package enum Reset: String, Hashable, Sendable, CaseIterable {
  /// How far the domain was read: all of it is read again, for every configuration of the domain.
  case watermark
  /// Waiting times of what failed for its own reason: it is tried at once.
  case escrows
  /// The pause after systematic failures, and one that the sink asked for.
  case quarantine
  /// Which object of the sink is whose: each is looked for again by its match rules.
  case links
}

/// What a reset would clear, in numbers.
package struct ResetPreview: Hashable, Sendable {
  /// Objects of the domain that would be read again; nil without `watermark`.
  package var objectsToRead: Int?
  /// Nil without `escrows`.
  package var escrows: Int?
  /// When the pause would have ended; nil when there is none, or without `quarantine`.
  package var pausedUntil: Timestamp?
  /// Objects that would be matched again; nil without `links`.
  package var links: Int?

  package init() {}
}

/// Carries out resets, between two runs.
package struct Resetter: Sendable {
  let store: any Store
  let domain: String
  let configuration: ConfigurationID

  private static let batch = 500

  package init(store: any Store, domain: String, configuration: ConfigurationID) {
    self.store = store
    self.domain = domain
    self.configuration = configuration
  }

  func preview(_ resets: Set<Reset>) async throws -> ResetPreview {
    try await store.read { [domain, configuration] store in
      var preview = ResetPreview()
      let counts = try store.counts(of: configuration)
      if resets.contains(.watermark), let source = try store.source(domain: domain) {
        preview.objectsToRead = try store.liveObjectCount(in: source.id)
      }
      if resets.contains(.escrows) { preview.escrows = counts.failing }
      if resets.contains(.links) { preview.links = counts.provisioned }
      return preview
    }
  }

  /// Each can be repeated, so that one cut short by a crash is asked for again.
  package func apply(_ resets: Set<Reset>, at now: Timestamp) async throws {
    if resets.contains(.watermark) {
      try await store.write { [domain] store in
        guard var source = try store.source(domain: domain) else { return }
        source.requireFullRead("asked for by a restart", at: now)
        try store.update(source)
        for var configuration in try store.configurations(in: source.id) {
          configuration.holdsAll = "the directory was read anew after a restart"
          try store.update(configuration)
        }
      }
    }
    if resets.contains(.escrows) { try await forEachLink { try release($0, in: $1) } }
    if resets.contains(.links) { try await forEachLink { try forget($0, in: $1) } }
  }

  private func forEachLink(_ body: @escaping @Sendable (LinkRecord, any StoreWriter) throws -> Void) async throws {
    var last: ObjectID?
    repeat {
      last = try await store.write { [configuration, last] store in
        let links = try store.links(configuration, after: last, limit: Self.batch)
        for link in links { try body(link, store) }
        return links.count < Self.batch ? nil : links.last?.object
      }
    } while last != nil
  }

  private func release(_ link: LinkRecord, in store: any StoreWriter) throws {
    var free = link
    free.attempts = 0
    free.releaseMembers()
    // What a person refused is asked about once more.
    if free.gate == .rejected { free.gate = .held }
    if link.state == .escrow && link.notBefore == nil {
      // Blocked by what it is in the directory: that is looked at again.
      try store.markDirty(link)
    } else {
      free.notBefore = nil
      if free.state == .escrow { free.state = .pending }
    }
    if free != link { try store.save(free) }
    guard link.kind == .group else { return }
    for var member in try store.memberLinks(involving: link.object, link.configuration)
    where member.notBefore != nil || member.gate == .rejected {
      member.notBefore = nil
      if member.gate == .rejected { member.gate = .held }
      try store.save(member)
    }
  }

  private func forget(_ link: LinkRecord, in store: any StoreWriter) throws {
    // Who left is not to be made anew, only to be without access; and what is kept is not ours to touch.
    guard link.presence == .present, link.confirmed != nil else { return }
    var doubted = link
    doubted.doubt()
    try store.save(doubted)
    try store.doubtMemberLinks(of: link)
  }
}
