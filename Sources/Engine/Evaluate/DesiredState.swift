package import Model

/// What the scope and the mapping say about one object.
package enum Verdict: Hashable, Sendable {
  case present(Resource)
  /// In scope, but no resource can be made of it, for the reason given; what the sink holds stays as it is.
  case blocked(String)
  case left
}

/// What leaving the scope means in one configuration.
package struct LeavingRule: Hashable, Sendable {
  package let policy: LeavingPolicy
  package let deleteAfter: Duration?

  package init(policy: LeavingPolicy, deleteAfter: Duration? = nil) {
    self.policy = policy
    self.deleteAfter = deleteAfter
  }
}

extension LinkRecord {
  /// The link after an evaluation; nil when there is, and need be, none. Pure: the only place where it is decided what a
  /// sink is to hold.
  package func evaluated(_ verdict: Verdict, leaving: LeavingRule, at now: Timestamp) -> LinkRecord? {
    var next = self
    next.shortenPauses(at: now)
    switch verdict {
    case .present(let resource):
      next.presence = .present
      next.leftAt = nil
      next.want(resource)
    case .blocked(let reason):
      if state == .inflight { next.isUncertain = true }
      next.state = .escrow
      next.notBefore = nil
      // It is back in scope: no time of grace runs out.
      next.leftAt = nil
      next.lastError = reason
    case .left:
      guard mayExistInSink else { return nil }
      next.leave(leaving, at: now)
    }
    next.stage(after: self)
    return next
  }

  /// When an object that left must be evaluated again, because its time of grace is over.
  package func graceEnd(_ leaving: LeavingRule) -> Timestamp? {
    guard presence == .disabled, let leftAt, let grace = leaving.deleteAfter else { return nil }
    return leftAt + grace
  }

  var mayExistInSink: Bool {
    confirmed != nil || isUncertain || state == .inflight
  }

  private mutating func leave(_ leaving: LeavingRule, at now: Timestamp) {
    switch leaving.policy {
    case .keep:
      presence = .kept
      want(confirmed ?? sent ?? desired)
    case .delete:
      presence = .absent
      want(nil)
    case .disable:
      presence = .disabled
      leftAt = leftAt.map { min($0, now) } ?? now
      if let end = graceEnd(leaving), end <= now {
        presence = .absent
        want(nil)
      } else {
        want(withdrawn(confirmed ?? sent ?? desired))
      }
    }
  }

  /// A group has no state of its own to withdraw: its memberships are.
  private func withdrawn(_ resource: Resource?) -> Resource? {
    guard var resource, resource.kind == .user else { return resource }
    resource.attributes[.active] = .boolean(false)
    return resource
  }

  private mutating func want(_ resource: Resource?) {
    if resource != desired || desiredVersion == 0 {
      desired = resource
      desiredVersion += 1
      attempts = 0
      notBefore = nil
      lastError = nil
      if state != .inflight { state = .pending }
    } else if state == .escrow && notBefore == nil {
      // It was blocked, and is as it was before that.
      state = .pending
      lastError = nil
    }
    // What was left as it was, and in doubt, is to be had again.
    if state == .idle && presence != .kept && needsExport { state = .pending }
    if state == .pending && desired == confirmed && !isUncertain { state = .idle }
    phase = exportPhase
  }

  package var exportPhase: ExportPhase {
    guard let desired else {
      return switch kind {
      case .user: .userDeletes
      case .group: .groupDeletes
      case .organizationalUnit: .organizationalUnitDeletes
      }
    }
    return switch kind {
    case .user: !desired.isActive && mayExistInSink ? .withdrawals : .users
    case .group: .groups
    case .organizationalUnit: .organizationalUnits
    }
  }
}
