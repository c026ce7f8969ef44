import Model

/// Compares one batch of what a sink holds with the links, within one transaction (transaction T5). Repairing corrects
/// what is taken for confirmed, so that the next export sends the difference.
struct SinkComparison {
  let store: any StoreWriter
  let configuration: ConfigurationID
  let paths: Set<TargetPath>
  let isRepairing: Bool
  var report: DriftReport
  /// Links that the sink has shown.
  var seen: Set<ObjectID>

  mutating func compare(_ held: [HeldResource]) throws {
    for resource in held {
      guard let link = try link(of: resource) else {
        report.foreign += 1
        continue
      }
      seen.insert(link.object)
      // While a request is open it is not settled what the sink should show.
      guard link.state != .inflight else { continue }
      report.compared += 1
      if !link.isUncertain, let confirmed = link.confirmed {
        try compare(resource, confirmed, link)
      } else if isRepairing {
        try settle(link, resource)
      }
      if link.kind == .group { try compareMembers(of: link, with: resource.members) }
    }
  }

  /// After the sink has shown all it holds.
  mutating func compareMissing(after last: ObjectID?, kinds: Set<ResourceKind>, limit: Int) throws -> ObjectID? {
    let links = try store.links(configuration, after: last, limit: limit)
    for link in links
    where kinds.contains(link.kind) && link.confirmed != nil && !link.isUncertain && link.state != .inflight
      && !seen.contains(link.object)
    {
      report.missing += 1
      report.note(link.guid, "it is gone from the sink")
      guard isRepairing else { continue }
      // Who left and has no access is not made anew. What is still to be withdrawn is looked for, as a listing may leave out
      // what moves within it.
      if link.presence == .disabled && link.state == .idle {
        try store.forget(link)
        continue
      }
      var lost = link
      lost.doubt()
      try store.save(lost)
      try store.doubtMemberLinks(of: link)
    }
    return links.count < limit ? nil : links.last?.object
  }

  private func link(of resource: HeldResource) throws -> LinkRecord? {
    if let link = try store.link(remoteID: resource.remoteID, configuration) { return link }
    guard let guid = resource.externalID, let object = try store.object(guid) else { return nil }
    // Known by our name for it, but under another id than the one that was confirmed: made anew by someone.
    return try store.link(object.id, configuration)
  }

  private mutating func compare(_ held: HeldResource, _ confirmed: Resource, _ link: LinkRecord) throws {
    var shown = confirmed
    // What else was once sent, under another mapping, was not asked for.
    for path in paths {
      // A value that means nothing, such as an inactive that is not shown, is told by its absence only where it was set.
      shown.attributes[path] = held.attributes[path]
    }
    let differences = shown.changes(from: confirmed).map(\.path)
    guard !differences.isEmpty || link.remoteID != held.remoteID else { return }
    if link.presence != .kept {
      report.changed += 1
      report.note(link.guid, "other values of " + differences.map(\.text).joined(separator: ", "))
    }
    guard isRepairing else { return }
    var corrected = link
    corrected.confirmed = shown
    corrected.remoteID = held.remoteID
    // Who is left as is, is so with what others have made of it.
    if link.presence == .kept { corrected.desired = shown }
    if corrected.state == .idle && corrected.needsExport { corrected.state = .pending }
    corrected.phase = corrected.exportPhase
    try store.save(corrected)
  }

  /// What came of an earlier request was not known; here it shows.
  private func settle(_ link: LinkRecord, _ held: HeldResource) throws {
    var settled = link
    var shown = link.confirmed ?? Resource(kind: link.kind, externalID: link.guid, attributes: [:])
    for path in paths { shown.attributes[path] = held.attributes[path] }
    settled.confirmed = shown
    settled.remoteID = held.remoteID
    // What was sent under another mapping was not asked for.
    let possible = [link.sent, link.confirmed].compactMap { $0 }.flatMap(\.attributes.keys)
    settled.isUncertain = !Set(possible).isSubset(of: paths)
    if !settled.isUncertain { settled.sent = nil }
    if settled.state == .pending && !settled.needsExport { settled.state = .idle }
    settled.phase = settled.exportPhase
    try store.save(settled)
  }

  private mutating func compareMembers(of group: LinkRecord, with shown: [String]) throws {
    var held: Set<ObjectID> = []
    var heldByOthers: Set<ObjectID> = []
    let sharing = try store.configurations(sharingSinkOf: configuration)
    for remoteID in shown {
      if let member = try store.link(remoteID: remoteID, configuration) { held.insert(member.object) }
      for other in sharing.dropFirst() {
        if let member = try store.link(remoteID: remoteID, other.id) { heldByOthers.insert(member.object) }
      }
    }
    let known = try store.memberLinks(involving: group.object, configuration).filter { $0.group == group.object }
    for var member in known {
      let isHeld = held.remove(member.member) != nil || heldByOthers.contains(member.member)
      // Whether it is among them cannot be told of one whose id is not known.
      guard try isHeld || sharing.contains(where: { try store.link(member.member, $0.id)?.remoteID != nil }) else {
        continue
      }
      guard member.isConfirmed != isHeld else { continue }
      if let isConfirmed = member.isConfirmed {
        if isConfirmed { report.membersMissing += 1 } else { report.membersAdded += 1 }
        report.note(group.guid, isConfirmed ? "a member is missing" : "a member was added")
      }
      guard isRepairing else { continue }
      member.isConfirmed = isHeld
      try store.save(member)
    }
    held.formUnion(try strangers(among: heldByOthers, in: group, sharing))
    for member in held.sorted() {
      report.membersAdded += 1
      report.note(group.guid, "a member was added")
      guard isRepairing else { continue }
      try store.save(
        MemberLink(
          group: group.object,
          configuration: configuration,
          member: member,
          isDesired: false,
          isConfirmed: true,
          version: try store.nextVersion()
        )
      )
    }
  }
}

extension SinkComparison {
  /// Members whose objects only another configuration provisions, and which none of them has ever put into the group.
  private func strangers(
    among members: Set<ObjectID>,
    in group: LinkRecord,
    _ sharing: [ConfigurationRecord]
  ) throws -> Set<ObjectID> {
    try members.filter { member in
      try !sharing.contains { try store.memberLink(group.object, $0.id, member) != nil }
    }
  }
}

extension LinkRecord {
  /// What the sink holds is not known: it is to be found out before anything is made or changed.
  mutating func doubt() {
    sent = confirmed ?? sent
    confirmed = nil
    remoteID = nil
    isUncertain = true
    attempts = 0
    notBefore = nil
    if state != .inflight { state = .pending }
    phase = exportPhase
  }
}
