extension StoreReader {
  /// The configuration itself, then all others that are known to have the same sink: what one of them did there is so for
  /// all of them.
  func configurations(sharingSinkOf id: ConfigurationID) throws -> [ConfigurationRecord] {
    let all = try configurations()
    guard let own = all.first(where: { $0.id == id }) else { return [] }
    return [own] + all.filter { $0.id != id && $0.sharesSink(with: own) }
  }
}

extension ConfigurationRecord {
  func sharesSink(with other: ConfigurationRecord) -> Bool {
    sink != nil && sink == other.sink
  }
}

extension StoreWriter {
  /// Has a link evaluated again. Of an object that has moved to another domain it is for that one to say whether the link
  /// is still needed.
  func markDirty(_ link: LinkRecord) throws {
    let home = try configurations().first { $0.id == link.configuration }?.source
    let isHome = try object(link.object)?.source == home
    try markDirty(link.object, isHome ? link.configuration : nil)
  }

  /// Of requests whose answer nobody hears any more, the outcome is not known.
  package func recoverLinks(of configuration: ConfigurationID) throws {
    while true {
      let inflight = try inflightLinks(configuration, limit: 1000)
      for link in inflight { try save(link.recovered()) }
      if inflight.isEmpty { return }
    }
  }

  /// Nothing of it is in the sink, and nothing is to be: its memberships there are not, either.
  func forget(_ link: LinkRecord) throws {
    try removeLink(link.object, link.configuration)
    let sharing = try configurations(sharingSinkOf: link.configuration)
    let isHeldByAnother = try sharing.contains { try self.link(link.object, $0.id)?.mayExistInSink == true }
    if isHeldByAnother {
      for member in try memberLinks(involving: link.object, link.configuration) where member.group == link.object {
        try removeMemberLink(member.group, member.configuration, member.member)
      }
    } else {
      for configuration in sharing { try removeMemberLinks(involving: link.object, configuration.id) }
    }
  }

  /// The sink has deleted the object: it held these memberships, or was held by them, and no longer does.
  func endMemberships(of link: LinkRecord) throws {
    for configuration in try configurations(sharingSinkOf: link.configuration) {
      try removeMemberLinks(involving: link.object, configuration.id)
    }
  }

  /// The object was made anew or found again, and which memberships it has there is not known: all of them are sent, the
  /// removals too.
  func doubtMemberLinks(of link: LinkRecord) throws {
    for configuration in try configurations(sharingSinkOf: link.configuration) {
      for var member in try memberLinks(involving: link.object, configuration.id) {
        member.isConfirmed = nil
        member.notBefore = nil
        member.version = try nextVersion()
        try save(member)
      }
    }
  }
}
