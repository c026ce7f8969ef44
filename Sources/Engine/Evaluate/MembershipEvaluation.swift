import Model

/// Evaluates memberships within one transaction: a member is wanted while the edge stands, both ends live, and both are
/// in scope. Neither a deletion nor a restore of a member is reported on its group (MS-ADTS 3.1.1.5.5.6), so liveness is
/// always asked of the objects themselves.
struct MembershipEvaluation {
  private let store: any StoreWriter

  init(_ store: any StoreWriter) {
    self.store = store
  }

  func evaluate(_ pair: DirtyMember, in contexts: [EvaluationContext]) throws {
    guard let group = try store.object(pair.group), let member = try store.object(pair.member) else { return }
    // To be noted again when they are known.
    guard !group.isSuspect && !member.isSuspect else { return }
    let stands = try group.isLive && member.isLive && holds(group, member)
    for context in contexts {
      try settle(group, member, stands: stands, in: context)
    }
  }

  private func holds(_ group: ObjectRecord, _ member: ObjectRecord) throws -> Bool {
    if try store.hasMember(group.id, member.guid) { return true }
    return try store.primaryGroup(of: member)?.id == group.id
  }

  private func settle(
    _ group: ObjectRecord,
    _ member: ObjectRecord,
    stands: Bool,
    in context: EvaluationContext
  ) throws {
    let groupLink = try store.link(group.id, context.id)
    let memberLink = try store.link(member.id, context.id)
    if groupLink?.presence == .kept || memberLink?.presence == .kept { return }

    let canBeMember = member.objectClass == .user || context.configuration.sendsNestedGroups
    let isDesired =
      stands && canBeMember && groupLink?.presence == .present && memberLink?.presence == .present
    let before = try store.memberLink(group.id, context.id, member.id)

    guard var after = before else {
      if isDesired {
        try store.save(
          MemberLink(
            group: group.id,
            configuration: context.id,
            member: member.id,
            isDesired: true,
            isConfirmed: false,
            version: try store.nextVersion()
          )
        )
      }
      return
    }
    guard after.isDesired != isDesired else { return }
    if !isDesired && after.isConfirmed == false {
      try store.removeMemberLink(group.id, context.id, member.id)
      return
    }
    after.isDesired = isDesired
    after.notBefore = nil
    after.version = try store.nextVersion()
    try store.save(after)
  }
}
