import Model

/// Evaluates objects within one transaction: from the image to what the sink is to hold.
struct ObjectEvaluation {
  let store: any StoreWriter
  private let source: SourceID
  let now: Timestamp
  private let configurations: [ConfigurationRecord]
  /// Another domain is being read in full, and its groups do not show all their members.
  private let isAnotherIncomplete: Bool
  private var subjects: SubjectReader

  /// - Parameters:
  ///   - source: the domain of the configurations for which is evaluated.
  ///   - others: those that are read beside it.
  init(_ store: any StoreWriter, of source: SourceID, beside others: Set<SourceID>, at now: Timestamp) throws {
    self.store = store
    isAnotherIncomplete = try others.contains { other in
      guard let read = try store.source(other), read.isFullCycle, let began = read.cycleBegan else { return false }
      return now - began < Self.longestRead
    }
    self.source = source
    self.now = now
    configurations = try store.configurations()
    subjects = SubjectReader(store)
  }

  /// A domain that cannot be read to its end must not keep the leavers of another one for longer.
  private static let longestRead = Duration.seconds(86_400)

  /// - Returns: whether something could be said of it.
  mutating func evaluate(_ id: ObjectID, in contexts: [EvaluationContext], isForced: Bool) throws -> Bool {
    guard let object = try store.object(id), !object.isSuspect else { return false }
    guard let kind = object.objectClass.flatMap(ResourceKind.init) else { return false }
    guard object.source == source else {
      // It is in another domain now, which has no use for the link.
      for context in contexts { try settle(object, kind, .left, in: context, isForced: true) }
      return true
    }
    let subject = try subjects.subject(for: object)
    // Where it belongs is not known yet; what is above it will say so when it is read.
    guard subject.isPlaced || !object.isLive else { return false }
    if let end = object.image.accountExpiry, end > now { try store.setTimer(object.id, at: end) }
    for context in contexts {
      let verdict = context.verdict(on: object, subject: subject, at: now)
      if try mustWait(object, verdict, in: context) {
        try store.setTimer(object.id, at: now)
      } else {
        try settle(object, kind, verdict, in: context, isForced: isForced)
      }
    }
    return true
  }

  /// Whoever comes or goes by a group has perhaps only lost sight of it, for it may be a group of the other domain.
  private func mustWait(_ object: ObjectRecord, _ verdict: Verdict, in context: EvaluationContext) throws -> Bool {
    guard isAnotherIncomplete, object.isLive, context.scope.dependsOnGroups else { return false }
    let isPresent = try store.link(object.id, context.id)?.presence == .present
    return isPresent == (verdict == .left)
  }

  /// After all configurations of its domain with the same sink had their say: links that an object has from a former domain,
  /// and which none of them has taken over, are for the configurations there to end.
  func release(_ id: ObjectID, asked contexts: [EvaluationContext], leftOut: Set<String>) throws {
    guard let object = try store.object(id), object.source == source, !object.isSuspect else { return }
    // Before its first run it is not known whether a configuration has the same sink.
    let asked = contexts.map { context in configurations.first { $0.id == context.id } }
    guard asked.allSatisfy({ $0?.sink != nil }) else { return }
    for configuration in configurations where configuration.source != source {
      guard let link = try store.link(id, configuration.id) else { continue }
      let unasked = configurations.filter { $0.source == source && leftOut.contains($0.name) }
      if unasked.contains(where: { $0.sink == nil || $0.sharesSink(with: configuration) }) { continue }
      // One of those asked may be waiting for the answer, to take it over.
      if link.state == .inflight { try store.setTimer(id, at: now) } else { try store.markDirty(id, configuration.id) }
    }
  }

  /// - Parameter isForced: memberships of a group are evaluated even if the group's own state is as it was, because it is
  ///   the configuration that changed.
  private func settle(
    _ object: ObjectRecord,
    _ kind: ResourceKind,
    _ verdict: Verdict,
    in context: EvaluationContext,
    isForced: Bool
  ) throws {
    var before = try store.link(object.id, context.id)
    var isForced = isForced
    if verdict != .left {
      let handover = LinkHandover(store: store, object: object, configurations: configurations)
      switch try handover.take(to: context.id, own: before) {
      case .nothing: break
      case .taken(let link):
        before = link
        isForced = true
      case .busy:
        try store.setTimer(object.id, at: now)
        return
      }
    }
    if before == nil && verdict == .left { return }
    let link =
      before ?? LinkRecord(object: object.id, configuration: context.id, guid: object.guid, kind: kind)
    var after = link.evaluated(verdict, leaving: context.leaving, at: now)
    if let version = after?.desiredVersion, version != link.desiredVersion {
      after?.desiredVersion = try store.nextVersion()
    }
    if case .present = verdict { after?.home = object.parent }

    if let after {
      if after != before { try store.save(after) }
      if case .blocked = verdict { try noteBlocked(after, before: before, in: context) }
      if let end = after.graceEnd(context.leaving) { try store.setTimer(object.id, at: end) }
    } else {
      try store.forget(link)
    }
    let isNew = before?.presence != after?.presence
    if isForced || isNew { try markMemberships(of: object, in: context, isNew: isNew) }
  }

  /// - Parameter isNew: it has come or gone in this configuration. Only that is passed on to other ones, which would pass it back.
  private func markMemberships(of object: ObjectRecord, in context: EvaluationContext, isNew: Bool) throws {
    // Those in the sink whose edge ended while this configuration did not look, too.
    let own = configurations.first { $0.id == context.id }
    for configuration in configurations
    where configuration.id == context.id || own.map(configuration.sharesSink) == true {
      for link in try store.memberLinks(involving: object.id, configuration.id) {
        guard let member = try store.object(link.member)?.guid else { continue }
        if try store.object(link.group)?.source == configuration.source {
          try store.markMemberDirty(link.group, member)
        } else if configuration.id == context.id {
          // The domain of the group evaluates its memberships for its own configurations only.
          let pair = DirtyMember(group: link.group, member: member)
          try MembershipEvaluation(store).evaluate(pair, in: [context])
        } else if link.isDesired && isNew {
          try store.markDirty(link.group, configuration.id)
        }
      }
    }
    for group in try store.groups(withMember: object.guid) { try store.markMemberDirty(group, object.guid) }
    for group in try store.groupsHoldingPrincipal(of: object) { try store.markMemberDirty(group, object.guid) }
    if let primary = try store.primaryGroup(of: object) { try store.markMemberDirty(primary.id, object.guid) }
    guard object.objectClass == .group else { return }
    for member in try store.members(of: object.id) { try store.markMemberDirty(object.id, member) }
    for user in try store.primaryMembers(of: object) {
      if let guid = try store.object(user)?.guid { try store.markMemberDirty(object.id, guid) }
    }
  }
}
