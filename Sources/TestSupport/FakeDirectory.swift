package import Engine
package import Model

/// A small Active Directory in memory, which answers DirSync in small pages as Windows does and Samba does not:
/// object entries before link entries, and a cookie that is only good at the end of a cycle.
package actor FakeDirectory: Engine.Directory {
  package struct Node: Sendable {
    package var guid: GUID
    package var name: String
    package var parent: GUID?
    package var objectClass: ObjectClass
    package var sid: SID?
    package var primaryGroupRID: UInt32?
    package var attributes: [AttributeName: [[UInt8]]] = [:]
    package var members: Set<GUID> = []
    package var lifetimes: [GUID: Duration] = [:]
    package var isDeleted = false
  }

  private enum Event: Sendable {
    case created
    case attributes(Set<AttributeName>)
    case placed
    case deleted
    case restored
    case member(GUID, added: Bool)
  }

  private struct Entry: Sendable {
    let guid: GUID
    let event: Event
  }

  private var nodes: [GUID: Node] = [:]
  private var order: [GUID] = []
  private var log: [Entry] = []
  private var failure: (any Error)?
  /// Fails after that many entries of an answer.
  private var breakAfter: Int?
  private var hidden: Set<GUID> = []
  private var isBehind = false
  private var controller = "dc1.corp.example.test"
  private let pageSize: Int
  private let components: [String]
  package nonisolated let domainSID: SID
  package private(set) var invocationID = GUID.numbered(0xFFFF)
  package private(set) var fullReads = 0
  /// Objects that were read one by one.
  package private(set) var singleReads = 0
  package nonisolated let root: GUID

  /// - Parameters:
  ///   - domain: the first component of its DNS name.
  ///   - number: tells the roots and SIDs of several domains apart.
  package init(domain: String = "corp", number: UInt8 = 1, pageSize: Int = 5) {
    self.pageSize = pageSize
    components = [domain, "example", "test"]
    root = GUID.numbered(UInt32(number))
    domainSID = SID.ofDomain(number)
    nodes[root] = Node(guid: root, name: domain, parent: nil, objectClass: .domain)
    order = [root]
    log = [Entry(guid: root, event: .created)]
  }

  // MARK: What a test does to it

  package func fail(with error: (any Error)?) { failure = error }
  package func breakOff(after entries: Int?) { breakAfter = entries }
  /// As after losing the right to read them.
  package func hide(_ guids: Set<GUID>) { hidden = guids }
  /// As another controller that lacks some of what was read.
  package func fallBehind(_ isBehind: Bool) { self.isBehind = isBehind }
  package func failOver(to controller: String, invocationID: GUID) {
    self.controller = controller
    self.invocationID = invocationID
  }
  /// To the state of an earlier moment, without a word: the log loses its end.
  package func rollBack(by entries: Int) { log.removeLast(entries) }
  package func node(_ guid: GUID) -> Node? { nodes[guid] }

  package func create(
    _ number: UInt32,
    _ objectClass: ObjectClass,
    _ name: String,
    in parent: GUID? = nil,
    _ attributes: [AttributeName: String] = [:],
    primaryGroup: UInt32? = nil,
    sid: SID? = nil
  ) -> GUID {
    let guid = GUID.numbered(number)
    nodes[guid] = Node(
      guid: guid,
      name: name,
      parent: parent ?? root,
      objectClass: objectClass,
      sid: sid ?? domainSID.account(number),
      primaryGroupRID: primaryGroup,
      attributes: attributes.mapValues { [Array($0.utf8)] }
    )
    order.append(guid)
    log.append(Entry(guid: guid, event: .created))
    return guid
  }

  /// As the source of a move between domains: the object is gone, and nothing is ever said about it. Groups keep it.
  package func moveAway(_ guid: GUID) -> Node? {
    order.removeAll { $0 == guid }
    return nodes.removeValue(forKey: guid)
  }

  /// As the target of a move between domains: the object keeps its GUID and gets a new SID.
  package func adopt(_ node: Node) {
    var node = node
    node.parent = root
    node.sid = node.sid?.relativeIdentifier.flatMap { domainSID.account($0) }
    node.primaryGroupRID = nil
    nodes[node.guid] = node
    order.append(node.guid)
    log.append(Entry(guid: node.guid, event: .created))
  }

  package func set(_ guid: GUID, _ name: AttributeName, _ value: String?) {
    nodes[guid]?.attributes[name] = value.map { [Array($0.utf8)] }
    log.append(Entry(guid: guid, event: .attributes([name])))
  }

  package func setPrimaryGroup(of guid: GUID, to relativeIdentifier: UInt32) {
    nodes[guid]?.primaryGroupRID = relativeIdentifier
    log.append(Entry(guid: guid, event: .created))
  }

  package func place(_ guid: GUID, name: String? = nil, in parent: GUID? = nil) {
    if let name { nodes[guid]?.name = name }
    if let parent { nodes[guid]?.parent = parent }
    log.append(Entry(guid: guid, event: .placed))
  }

  /// Ends its memberships without a word on the groups, as AD does; a tombstone loses attributes, too.
  package func delete(_ guid: GUID, stripping attributes: Set<AttributeName> = []) {
    nodes[guid]?.isDeleted = true
    for name in attributes { nodes[guid]?.attributes[name] = nil }
    for group in order { nodes[group]?.members.remove(guid) }
    log.append(Entry(guid: guid, event: .deleted))
  }

  package func restore(_ guid: GUID) {
    nodes[guid]?.isDeleted = false
    log.append(Entry(guid: guid, event: .restored))
  }

  package func addMember(_ member: GUID, to group: GUID, lasting lifetime: Duration? = nil) {
    nodes[group]?.members.insert(member)
    nodes[group]?.lifetimes[member] = lifetime
    log.append(Entry(guid: group, event: .member(member, added: true)))
  }

  package func removeMember(_ member: GUID, from group: GUID) {
    nodes[group]?.members.remove(member)
    log.append(Entry(guid: group, event: .member(member, added: false)))
  }

  /// As after a restore from backup.
  package func changeInvocation() { invocationID = .numbered(0xFFFE) }

  /// The object vanishes without a tombstone, as dynamic objects and lingering ones do.
  package func expunge(_ guid: GUID) {
    nodes[guid] = nil
    order.removeAll { $0 == guid }
    log.removeAll { $0.guid == guid }
  }

  // MARK: Engine.Directory

  package func describe() async throws -> DirectoryDescription {
    if let failure { throw failure }
    return DirectoryDescription(
      namingContext: DistinguishedName(components.map { RelativeName(type: "DC", value: $0) }),
      namingContextGUID: root,
      domainSID: domainSID,
      controller: controller,
      invocationID: invocationID,
      highestCommittedUSN: Int64(log.count)
    )
  }

  package func changes(
    since cookie: [UInt8]?,
    attributes: Set<AttributeName>,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    if let failure { throw failure }
    if cookie == nil { fullReads += 1 }
    let position = try Self.position(cookie)
    let entries = position.seen == 0 ? everything() : log[position.seen...].flatMap { change(for: $0) }
    let page = Array(entries.dropFirst(position.offset).prefix(pageSize))
    if let breakAfter, page.count > breakAfter {
      try await deliver(Array(page.prefix(breakAfter)))
      throw DirectoryError.incomplete(detail: "connection lost")
    }
    if !page.isEmpty { try await deliver(page) }
    let hasMore = position.offset + page.count < entries.count
    return hasMore
      ? ChangesEnd(cookie: Self.cookie(position.seen, position.offset + page.count), hasMore: true)
      : ChangesEnd(cookie: Self.cookie(log.count, 0), hasMore: false)
  }

  package func pulse() async throws -> DirectoryPulse {
    if let failure { throw failure }
    return DirectoryPulse(invocationID: invocationID, highestCommittedUSN: Int64(log.count))
  }

  package func read(
    _ guids: [GUID],
    attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> [GUID: DirectoryChange?] {
    if let failure { throw failure }
    singleReads += guids.count
    if isBehind, cookie != nil { throw DirectoryError.behind(controller: controller, detail: "it lags") }
    var readings: [GUID: DirectoryChange?] = [:]
    for guid in guids {
      guard let node = nodes[guid], !hidden.contains(guid) else {
        readings[guid] = .some(nil)
        continue
      }
      var change = whole(node)
      change.isDeleted = node.isDeleted ? true : nil
      change.members = .all(node.members.sorted())
      change.memberOf = order.filter { nodes[$0]?.members.contains(guid) == true }
      readings[guid] = change
    }
    return readings
  }

  package func locate(_ name: DistinguishedName) async throws -> LocatedObject? {
    if let failure { throw failure }
    return nodes.values.first { !$0.isDeleted && self.name(of: $0).matches(name) }
      .map { LocatedObject(guid: $0.guid, objectClass: $0.objectClass, name: self.name(of: $0)) }
  }

  package func disconnect() async {}

  package func name(of node: Node) -> DistinguishedName {
    guard let parent = node.parent.flatMap({ nodes[$0] }) else {
      return DistinguishedName(components.map { RelativeName(type: "DC", value: $0) })
    }
    let relative = RelativeName(type: node.objectClass.relativeNameType, value: node.name)
    return DistinguishedName([relative] + name(of: parent).components)
  }
}

extension FakeDirectory {
  /// A cookie is the length of the log at its start and how much of the answer was delivered; 0 stands for a full read.
  private static func cookie(_ seen: Int, _ offset: Int) -> [UInt8] {
    var writer = BinaryWriter()
    writer.write(UInt64(seen))
    writer.write(UInt64(offset))
    return writer.bytes
  }

  private static func position(_ cookie: [UInt8]?) throws -> (seen: Int, offset: Int) {
    guard let cookie else { return (0, 0) }
    var reader = BinaryReader(cookie)
    return (Int(try reader.readNumber()), Int(try reader.readNumber()))
  }

  private func everything() -> [DirectoryChange] {
    let live = order.compactMap { nodes[$0] }.filter { !$0.isDeleted && !hidden.contains($0.guid) }
    return live.flatMap { [whole($0)] + links(of: $0) }
  }

  private func whole(_ node: Node) -> DirectoryChange {
    DirectoryChange(
      guid: node.guid,
      name: node.name,
      parent: node.parent,
      objectClass: node.objectClass,
      sid: node.sid,
      primaryGroupRID: node.primaryGroupRID,
      attributes: node.attributes
    )
  }

  private func links(of node: Node) -> [DirectoryChange] {
    node.members.isEmpty
      ? []
      : [
        DirectoryChange(
          guid: node.guid,
          members: .difference(added: node.members.sorted(), removed: []),
          memberLifetimes: node.lifetimes
        )
      ]
  }

  private func change(for entry: Entry) -> [DirectoryChange] {
    guard let node = nodes[entry.guid], !hidden.contains(node.guid) else { return [] }
    switch entry.event {
    case .created: return [whole(node)]
    case .attributes(let names):
      let values = names.map { ($0, node.attributes[$0] ?? []) }
      return [DirectoryChange(guid: node.guid, attributes: Dictionary(uniqueKeysWithValues: values))]
    case .placed:
      return node.isDeleted ? [] : [DirectoryChange(guid: node.guid, name: node.name, parent: node.parent)]
    case .deleted:
      return node.isDeleted ? [DirectoryChange(guid: node.guid, isDeleted: true, lastKnownParent: node.parent)] : []
    case .restored:
      return [DirectoryChange(guid: node.guid, isDeleted: false, name: node.name, parent: node.parent)]
    case .member(let member, let added):
      let isThere = node.members.contains(member)
      guard isThere == added else { return [] }
      return [
        DirectoryChange(
          guid: node.guid,
          members: .difference(added: added ? [member] : [], removed: added ? [] : [member]),
          memberLifetimes: node.lifetimes
        )
      ]
    }
  }
}

extension GUID {
  /// A GUID for tests, told apart by its number.
  package static func numbered(_ number: UInt32) -> GUID {
    let bytes = [UInt8](repeating: 0, count: 12) + (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    guard let guid = GUID(bytes: bytes) else { preconditionFailure("16 bytes make a GUID") }
    return guid
  }
}

extension SID {
  /// S-1-5-21-1-2-3
  package static var domain: SID { .ofDomain(1) }

  /// S-1-5-21-number-2-3
  package static func ofDomain(_ number: UInt8) -> SID {
    let bytes: [UInt8] = [1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, number, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]
    guard let sid = SID(bytes: bytes) else { preconditionFailure("a well-formed SID") }
    return sid
  }
}
