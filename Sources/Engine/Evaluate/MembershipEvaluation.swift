import Model

/// Evaluates memberships within one transaction: a member is wanted while the edge stands, both ends live, and both are
/// in scope. Neither a deletion nor a restore of a member is reported on its group (MS-ADTS 3.1.1.5.5.6), so liveness is
/// always asked of the objects themselves.
///
/// A member may be in another domain: it is in scope when a configuration there, with the same sink, provisions it.
struct MembershipEvaluation {
  private let store: any StoreWriter
  private let configurations: [ConfigurationRecord]

  init(_ store: any StoreWriter) throws {
    self.store = store
    configurations = try store.configurations()
  }

  func evaluate(_ pair: DirtyMember, in contexts: [EvaluationContext]) throws {
    guard let group = try store.object(pair.group), let named = try store.object(pair.member) else { return }
    let member = try store.principal(named)
    // To be noted again when they are known.
    guard !group.isSuspect && !named.isSuspect && !member.isSuspect else { return }
    let stands = try group.isLive && member.isLive && holds(group, member)
    for context in contexts {
      try settle(group, member, stands: stands, in: context)
    }
  }

  private func holds(_ group: ObjectRecord, _ member: ObjectRecord) throws -> Bool {
    if try store.hasMember(group.id, member.guid) { return true }
    if group.source != member.source {
      return try store.principals(of: member).contains {
        try $0.source == group.source && $0.isLive && store.hasMember(group.id, $0.guid)
      }
    }
    return try store.primaryGroup(of: member)?.id == group.id
  }

  /// What the sink has of the member: by this configuration, or by one of the member's own domain that shares the sink.
  private func link(of member: ObjectRecord, in context: EvaluationContext) throws -> LinkRecord? {
    let own = try store.link(member.id, context.id)
    guard own?.presence != .present, let home = configurations.first(where: { $0.id == context.id }),
      home.source != member.source
    else { return own }
    let links = try configurations.filter { $0.source == member.source && $0.sharesSink(with: home) }
      .compactMap { try store.link(member.id, $0.id) }
    return links.first { $0.presence == .present } ?? own ?? links.first
  }

  private func settle(
    _ group: ObjectRecord,
    _ member: ObjectRecord,
    stands: Bool,
    in context: EvaluationContext
  ) throws {
    let groupLink = try store.link(group.id, context.id)
    let memberLink = try link(of: member, in: context)
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
    after.gate = isDesired ? .open : .staged
    after.gateUntil = nil
    after.notBefore = nil
    after.version = try store.nextVersion()
    try store.save(after)
  }
}
