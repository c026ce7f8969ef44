import Model

private let page = 500

extension StoreReader {
  func forEachLink(
    of configuration: ConfigurationID,
    behind gate: Gate,
    _ body: (LinkRecord) throws -> Void
  ) throws {
    var last: ObjectID?
    while true {
      let links = try links(configuration, behind: gate, after: last, limit: page)
      guard let end = links.last?.object else { return }
      last = end
      for link in links { try body(link) }
    }
  }

  func forEachMember(
    of configuration: ConfigurationID,
    behind gate: Gate,
    _ body: (MemberLink) throws -> Void
  ) throws {
    var last: MemberLink?
    while true {
      let members = try memberLinks(configuration, behind: gate, after: last, limit: page)
      guard let end = members.last else { return }
      last = end
      for member in members { try body(member) }
    }
  }
}

extension StoreWriter {
  /// - Parameter body: gives the gate that each is to have, and how long an approval lasts; nil leaves it as it is.
  func moveLinks(
    of configuration: ConfigurationID,
    behind gate: Gate,
    until end: Timestamp? = nil,
    to body: (LinkRecord) throws -> Gate?
  ) throws {
    try forEachLink(of: configuration, behind: gate) { link in
      guard let next = try body(link), next != link.gate else { return }
      var moved = link
      moved.gate = next
      moved.gateUntil = next == .approved ? end : nil
      try save(moved)
    }
  }

  func moveMembers(
    of configuration: ConfigurationID,
    behind gate: Gate,
    until end: Timestamp? = nil,
    to body: (MemberLink) throws -> Gate?
  ) throws {
    try forEachMember(of: configuration, behind: gate) { member in
      guard let next = try body(member), next != member.gate else { return }
      var moved = member
      moved.gate = next
      moved.gateUntil = next == .approved ? end : nil
      try save(moved)
    }
  }
}
