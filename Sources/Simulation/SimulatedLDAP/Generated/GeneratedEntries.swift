import LDAP
import Model

/// The entries of a generated directory, with the attributes that a search asked for.
struct GeneratedEntries {
  private let shape: DirectoryShape
  private let changes: GeneratedDirectory.Changes
  private let extendedDN: Bool
  private let requests: [(request: RequestedAttributes.Request, attribute: GeneratedAttribute)]
  private let asksForMembers: Bool

  init(
    _ shape: DirectoryShape,
    _ changes: GeneratedDirectory.Changes,
    _ wanted: RequestedAttributes,
    extendedDN: Bool
  ) {
    self.shape = shape
    self.changes = changes
    self.extendedDN = extendedDN
    requests = wanted.requests.compactMap { request in GeneratedAttribute(request.name).map { (request, $0) } }
    asksForMembers = wanted.contains("member")
  }

  /// What DirSync gives of an object that the client does not know.
  func whole(_ index: Int) -> LDAPEntry {
    var attributes: [LDAPAttribute] = []
    attributes.reserveCapacity(requests.count + 3)
    for (request, attribute) in requests where attribute.isStored {
      let values = values(attribute, of: index)
      if !values.isEmpty { attributes.append(LDAPAttribute(request.text, values)) }
      if attribute == .name, index > 0 {
        attributes.append(LDAPAttribute("parentGUID", self.values(.parentGUID, of: index)))
      }
    }
    return entry(index, attributes)
  }

  /// What DirSync gives of a user whose title changed; nil when nobody asked for it.
  func title(_ index: Int) -> LDAPEntry? {
    guard requests.contains(where: { $0.attribute == .title }) else { return nil }
    return entry(index, [LDAPAttribute("title", values(.title, of: index))])
  }

  func links(of group: Int) -> LDAPEntry? {
    guard asksForMembers, shape.membersPerGroup > 0 else { return nil }
    let index = shape.index(ofGroup: group)
    return entry(index, [LDAPAttribute("member;range=1-1", values(.member, of: index))])
  }

  /// What a plain read gives.
  func plain(_ index: Int, most: Int) -> LDAPEntry {
    let attributes = requests.flatMap { $0.request.attributes(values($0.attribute, of: index), most: most) }
    return LDAPEntry(name: reference(to: index), attributes: attributes)
  }

  private func entry(_ index: Int, _ attributes: [LDAPAttribute]) -> LDAPEntry {
    let always = [
      LDAPAttribute("objectGUID", values(.objectGUID, of: index)),
      LDAPAttribute("instanceType", values(.instanceType, of: index)),
    ]
    return LDAPEntry(name: reference(to: index), attributes: attributes + always)
  }

  func reference(to index: Int) -> [UInt8] {
    let name = Array(self.name(of: index).utf8)
    guard extendedDN else { return name }
    let sid = GeneratedAttribute.sid(index, shape).map { "<SID=\($0)>;" } ?? ""
    return Array("<GUID=\(GeneratedIdentity.guid(index))>;\(sid)".utf8) + name
  }

  private func name(of index: Int) -> String {
    let base = ReplicaView.base
    return switch shape.place(index) {
    case .root: base
    case .unit(let unit): "OU=Unit \(unit),\(base)"
    case .user(let user): "CN=User \(user),OU=Unit \(user / shape.usersPerUnit),\(base)"
    case .group(let group): "CN=Group \(group),\(base)"
    }
  }

  private func values(_ attribute: GeneratedAttribute, of index: Int) -> [[UInt8]] {
    let place = shape.place(index)
    switch (attribute, place) {
    case (.member, .group(let group)):
      return shape.members(of: group).map { reference(to: shape.index(ofUser: $0)) }
    case (.memberOf, .user(let user)):
      return shape.groups(of: user).map { reference(to: shape.index(ofGroup: $0)) }
    case (.title, .user(let user)):
      return [Array((changes.latest[user].map { "Title \($0 + 1)" } ?? "Clerk").utf8)]
    case (.uSNChanged, _):
      guard case .user(let user) = place, let change = changes.latest[user] else { return [Array("\(index + 1)".utf8)] }
      return [Array("\(shape.objects + change + 1)".utf8)]
    default: return attribute.values(index, place, shape)
    }
  }
}
