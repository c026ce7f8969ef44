import Model

/// When an object moves to another domain, a configuration there may provision to the same sink as one of the former
/// domain did. The sink's object is then the same as before: its link goes over, and nothing is deleted or made anew.
struct LinkHandover {
  let store: any StoreWriter
  let object: ObjectRecord
  /// All that are known.
  let configurations: [ConfigurationRecord]

  enum Outcome {
    case nothing
    case taken(LinkRecord)
    /// A request of the former configuration is under way: its answer must find the link where it was.
    case busy
  }

  /// - Parameter own: the link that the new configuration has already.
  func take(to id: ConfigurationID, own: LinkRecord?) throws -> Outcome {
    guard let configuration = configurations.first(where: { $0.id == id }) else { return .nothing }
    let formers = configurations.filter { $0.source != object.source && $0.sharesSink(with: configuration) }
    let links = try formers.compactMap { try store.link(object.id, $0.id) }
    if links.contains(where: { $0.state == .inflight }) { return .busy }
    var held = own?.mayExistInSink == true ? own : nil
    var isTaken = false
    for link in links {
      if let held {
        // Two objects of the sink: the former one is left to its configuration.
        if let name = link.remoteID, let known = held.remoteID, name != known { continue }
      } else if link.mayExistInSink {
        held = try move(link, to: id)
        isTaken = true
      }
      try drop(link)
    }
    guard isTaken, let held else { return .nothing }
    return .taken(held)
  }

  private func move(_ link: LinkRecord, to id: ConfigurationID) throws -> LinkRecord {
    var moved = link
    moved.configuration = id
    try store.save(moved)
    for var member in try memberships(of: link) {
      member.configuration = id
      try store.save(member)
    }
    return moved
  }

  private func drop(_ link: LinkRecord) throws {
    for member in try memberships(of: link) {
      try store.removeMemberLink(member.group, member.configuration, member.member)
    }
    try store.removeLink(link.object, link.configuration)
  }

  /// Of a group: those in which it is the member belong to the groups' own configurations.
  private func memberships(of link: LinkRecord) throws -> [MemberLink] {
    try store.memberLinks(involving: link.object, link.configuration).filter { $0.group == link.object }
  }
}
