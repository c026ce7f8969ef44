import Model

/// Evaluates objects within one transaction: from the image to what the sink is to hold.
struct ObjectEvaluation {
  private let store: any StoreWriter
  private let now: Timestamp
  private var subjects: SubjectReader

  init(_ store: any StoreWriter, at now: Timestamp) {
    self.store = store
    self.now = now
    subjects = SubjectReader(store)
  }

  mutating func evaluate(_ id: ObjectID, in contexts: [EvaluationContext], isForced: Bool) throws {
    guard let object = try store.object(id), !object.isSuspect else { return }
    guard let kind = object.objectClass.flatMap(ResourceKind.init) else { return }
    let subject = try subjects.subject(for: object)
    // Where it belongs is not known yet; what is above it will say so when it is read.
    guard subject.isPlaced || !object.isLive else { return }
    if let end = object.image.accountExpiry, end > now { try store.setTimer(object.id, at: end) }
    for context in contexts {
      let verdict = context.verdict(on: object, subject: subject, at: now)
      try settle(object, kind, verdict, in: context, isForced: isForced)
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
    let before = try store.link(object.id, context.id)
    if before == nil && verdict == .left { return }
    let link =
      before ?? LinkRecord(object: object.id, configuration: context.id, guid: object.guid, kind: kind)
    var after = link.evaluated(verdict, leaving: context.leaving, at: now)
    if let version = after?.desiredVersion, version != link.desiredVersion {
      after?.desiredVersion = try store.nextVersion()
    }

    if let after {
      if after != before { try store.save(after) }
      if let end = after.graceEnd(context.leaving) { try store.setTimer(object.id, at: end) }
    } else {
      try store.forget(link)
    }
    if isForced || before?.presence != after?.presence {
      try markMemberships(of: object, in: context)
    }
  }

  private func markMemberships(of object: ObjectRecord, in context: EvaluationContext) throws {
    // Those in the sink whose edge ended while this configuration did not look, too.
    for link in try store.memberLinks(involving: object.id, context.id) {
      if let member = try store.object(link.member)?.guid { try store.markMemberDirty(link.group, member) }
    }
    for group in try store.groups(withMember: object.guid) { try store.markMemberDirty(group, object.guid) }
    if let primary = try store.primaryGroup(of: object) { try store.markMemberDirty(primary.id, object.guid) }
    guard object.objectClass == .group else { return }
    for member in try store.members(of: object.id) { try store.markMemberDirty(object.id, member) }
    for user in try store.primaryMembers(of: object) {
      if let guid = try store.object(user)?.guid { try store.markMemberDirty(object.id, guid) }
    }
  }
}
