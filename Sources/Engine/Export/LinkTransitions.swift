package import Model

extension LinkRecord {
  /// Before the request leaves (transaction T3): from here on its outcome is open until an answer is stored.
  package func dispatched() -> LinkRecord {
    var next = self
    next.sent = possiblyHeld
    if isCreate {
      // Whatever becomes of it, the object is then to be looked for again: an older id leads nowhere any more.
      next.sent = possiblyHeld?.completed(by: confirmed)
      next.confirmed = nil
      next.remoteID = nil
    }
    next.sentVersion = desiredVersion
    next.state = .inflight
    return next
  }

  /// What the sink may hold after this request. Attributes that are in doubt from an earlier one and are sent back to
  /// their confirmed value stay in doubt until this request is answered.
  private var possiblyHeld: Resource? {
    guard isUncertain, var held = desired, let earlier = sent else { return desired ?? sent }
    for change in earlier.changes(from: confirmed)
    where held.attributes[change.path] == confirmed?.attributes[change.path] {
      held.attributes[change.path] = change.new
    }
    return held
  }

  /// A process that ended between request and answer leaves links in flight.
  package func recovered() -> LinkRecord {
    var next = self
    next.state = .pending
    next.isUncertain = true
    next.phase = next.exportPhase
    return next
  }

  /// After the answer (transaction T4); nil when nothing of ours is left in the sink and nothing is wanted there.
  ///
  /// - Parameters:
  ///   - before: the link as it was dispatched; `self` is as it is now, perhaps evaluated anew meanwhile.
  package func settled(_ outcome: OperationOutcome, after before: LinkRecord, at now: Timestamp) -> LinkRecord? {
    var next = self
    switch outcome {
    case .done(let remoteID):
      next.confirm(before, remoteID: remoteID)
    case .linkStale(let reason):
      next.confirmed = nil
      next.remoteID = nil
      next.sent = nil
      next.isUncertain = false
      next.lastError = reason
      // A membership may have found out while the group itself was idle.
      if next.state == .idle { next.state = .pending }
      if before.confirmed == nil {
        // It was about to be made, so what was matched is gone already: not to be asked again without a pause.
        next.attempts += 1
        next.notBefore = now + Self.retryDelay(attempt: next.attempts)
      }
    case .retry(let reason), .unknown(let reason):
      next.isUncertain = true
      next.attempts += 1
      next.notBefore = now + Self.retryDelay(attempt: next.attempts)
      next.lastError = reason
    case .membersRefused: break
    case .rejected(let code, let reason): next.setAside("\(code): \(reason)", at: now)
    case .adopted(let remoteID, let code, let reason):
      next.remoteID = remoteID
      next.setAside("\(code): \(reason)", at: now)
    case .notSent, .unavailable:
      (next.sent, next.confirmed, next.remoteID) = (before.sent, before.confirmed, before.remoteID)
    }
    // Who left is not made anew, or at all, only to be without access.
    if next.confirmed == nil && next.presence != .present && !next.isUncertain { return nil }
    if state == .escrow && before.state != .escrow {
      // Found unmappable meanwhile: not to be sent before the directory object is mended.
      (next.state, next.notBefore, next.lastError) = (.escrow, nil, lastError)
      next.phase = next.exportPhase
      return next
    }
    next.placeInQueue(changedSince: before)
    return next
  }

  /// Pending, but nothing is to be sent: the sink holds what is wanted whatever became of the last request, or it is left
  /// as it is. Whether it holds anything at all may then stay unknown, which counts when the object comes back.
  package func settledWithoutRequest() -> LinkRecord {
    var next = self
    next.state = .idle
    if confirmed != nil || presence != .kept {
      next.isUncertain = false
      next.sent = nil
    }
    next.attempts = 0
    next.notBefore = nil
    return next
  }

  /// The sink refused it, since another of its objects has the name (RFC 7644 section 3.12).
  var isClash: Bool { lastError?.hasPrefix("uniqueness:") == true }

  /// Memberships of the group were refused or not answered.
  package mutating func holdMembers(_ reason: String, at now: Timestamp) {
    memberAttempts += 1
    membersNotBefore = now + Self.retryDelay(attempt: memberAttempts)
    lastError = reason
  }

  package mutating func releaseMembers() {
    memberAttempts = 0
    membersNotBefore = nil
    if state == .idle { lastError = nil }
  }

  private mutating func confirm(_ before: LinkRecord, remoteID: String?) {
    confirmed = before.desired
    self.remoteID = before.desired == nil ? nil : remoteID ?? self.remoteID
    // Who finds an object again sets what is wanted of it, and leaves alone what was once sent and is not wanted now.
    let isLeftover = before.isUncertain && before.isCreate && sent?.completed(by: confirmed) != confirmed
    if !isLeftover { sent = nil }
    isUncertain = isLeftover
    attempts = 0
    notBefore = nil
    lastError = nil
  }

  private mutating func setAside(_ reason: String, at now: Timestamp) {
    // Part of it may have been applied.
    isUncertain = true
    attempts += 1
    lastError = reason
    // Whoever has the name may soon give it up.
    notBefore = now + (isClash ? Self.retryDelay(attempt: attempts) : Self.escrowDelay(attempt: attempts))
    state = .escrow
  }

  private var isCreate: Bool {
    if case .create = operation?.action { true } else { false }
  }

  private mutating func placeInQueue(changedSince before: LinkRecord) {
    if desiredVersion != before.desiredVersion {
      // What failed is no longer what is wanted.
      attempts = 0
      notBefore = nil
      state = .pending
    } else if state == .inflight {
      state = .pending
    }
    if state == .pending && !needsExport { state = .idle }
    phase = exportPhase
  }

  private static func retryDelay(attempt: Int) -> Duration {
    .seconds(min(5 << min(attempt - 1, 10), 900))
  }

  /// An object's own fault seldom mends itself; a change of the object ends the wait at once.
  private static func escrowDelay(attempt: Int) -> Duration {
    min(.seconds(3600 << min(attempt - 1, 4)), longestDelay)
  }

  private static let longestDelay = Duration.seconds(16 * 3600)

  /// Waits that began while the clock was ahead, and would last until it is there again.
  mutating func shortenPauses(at now: Timestamp) {
    let latest = now + Self.longestDelay
    notBefore = notBefore.map { min($0, latest) }
    membersNotBefore = membersNotBefore.map { min($0, latest) }
  }
}

extension Resource {
  /// With the attributes of another that it has not.
  fileprivate func completed(by other: Resource?) -> Resource {
    var completed = self
    if let other { completed.attributes.merge(other.attributes) { own, _ in own } }
    return completed
  }
}
