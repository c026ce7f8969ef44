import Model

/// Decides where an import begins: at a cookie, or from the start.
struct CycleStart {
  let description: DirectoryDescription
  let fingerprint: String
  let now: Timestamp
  /// Live objects in the connector space.
  let liveCount: Int

  /// As often as the directory can bear it; what DirSync never reports is only found by reading everything
  /// (grants and revocations of rights, objects that left no tombstone, changes lost by a restore).
  private var fullReadInterval: Duration { .seconds(liveCount <= 200_000 ? 86_400 : 7 * 86_400) }

  /// Changes read from another controller, but not yet replicated when that one was lost, have arrived after this time or
  /// never will.
  private static let failoverGrace = Duration.seconds(3600)

  /// - Returns: why the directory is to be read in full; nil when its changes are enough.
  func apply(to source: inout SourceRecord) -> String? {
    let reason = reasonForFullCycle(source)
    if let reason {
      source.generation += 1
      source.isFullCycle = true
      source.stableCookie = nil
      source.fullReadReason = reason
      source.fullReadDue = nil
    }
    if reason != nil || source.invocationID != description.invocationID { source.cycleCookie = nil }
    if source.cycleCookie == nil { source.cycleBegan = now }
    noteOtherState(of: &source)
    source.sealCookies()
    source.namingContext = description.namingContext
    source.namingContextGUID = description.namingContextGUID
    source.domainSID = description.domainSID
    source.controller = description.controller
    source.invocationID = description.invocationID
    source.method = description.method
    source.controllers.note(
      description.controller,
      invocationID: description.invocationID,
      highestUSN: description.highestCommittedUSN
    )
    source.readFingerprint = fingerprint
    return reason
  }

  /// From here on another replica answers, or an earlier state of the same one: it may lack what was read already.
  private func noteOtherState(of source: inout SourceRecord) {
    // Noted while the clock was ahead.
    source.coveredSince = source.coveredSince.map { min($0, now) }
    guard let former = source.invocationID else { return }
    let hasChanged = former != description.invocationID
    if hasChanged { source.requireFullRead("the domain controller in use has changed", at: now + Self.failoverGrace) }
    if hasChanged || verdict(on: source) != .consistent { source.coveredSince = source.coveredSince ?? now }
  }

  private func verdict(on source: SourceRecord) -> KnownControllers.Verdict {
    source.controllers.verdict(
      on: description.controller,
      invocationID: description.invocationID,
      highestUSN: description.highestCommittedUSN
    )
  }

  private func reasonForFullCycle(_ source: SourceRecord) -> String? {
    let isSameController = source.invocationID == description.invocationID
    if source.stableCookie == nil && (source.cycleCookie == nil || !isSameController) {
      return source.fullReadReason ?? "no complete read yet"
    }
    // Older changes of an attribute that was not asked for are not sent again.
    if source.readFingerprint != fingerprint { return "other attributes, rights or account than before" }
    if !source.areCookiesIntact { return "the stored cookie is damaged" }
    switch verdict(on: source) {
    case .consistent: break
    case .restored: return "domain controller \(description.controller) was restored from a backup"
    case .wentBack:
      return "domain controller \(description.controller) went back to an earlier state (USN rollback)"
    }
    return source.isFullCycle ? nil : reasonForRenewal(source)
  }

  /// By so much clocks are corrected in good order.
  private static let clockCorrection = Duration.seconds(60)

  /// The clock of this host shows an earlier time than at the last read: whatever was taken for passed, such as the date on
  /// which an account or a membership ends, has perhaps not.
  func isClockBehind(_ source: SourceRecord) -> Bool {
    source.cookieTime.map { $0 - now > Self.clockCorrection } ?? false
  }

  /// Reasons that a full cycle under way already serves.
  private func reasonForRenewal(_ source: SourceRecord) -> String? {
    if isClockBehind(source) { return "the clock of this host went back" }
    if let time = source.cookieTime, (now - time) * 2 > description.deletionLifetime {
      return "the last read is older than half the time that deletions are kept"
    }
    if let due = source.fullReadDue, due <= now { return source.fullReadReason ?? "it was asked for" }
    if let last = source.lastFullRead, last + fullReadInterval <= now { return "scheduled" }
    return nil
  }
}
