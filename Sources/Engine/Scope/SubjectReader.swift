import Model

/// Gathers what a scope asks about objects, within one transaction. Ancestors and groups are remembered, since the
/// objects of a batch mostly share them.
struct SubjectReader {
  private let store: any StoreReader
  private var nodes: [ObjectID: Node] = [:]
  private var parentGroups: [ObjectID: [ObjectRecord]] = [:]

  private struct Node {
    let guid: GUID
    let parent: ObjectID?
    let source: SourceID
    let isKnown: Bool
  }

  init(_ store: any StoreReader) {
    self.store = store
  }

  mutating func subject(for object: ObjectRecord) throws -> ScopeSubject {
    let direct = try liveGroups(holding: object)
    let above = try nodes(above: object)
    return ScopeSubject(
      guid: object.guid,
      kind: object.objectClass.flatMap(ResourceKind.init),
      isLive: object.isLive,
      name: object.name,
      isCriticalSystemObject: object.image.isTrue("isCriticalSystemObject"),
      isWrittenBack: Self.isWrittenBack(object.image),
      image: object.image,
      isPlaced: above.allSatisfy { $0.isKnown && $0.source == object.source },
      ancestors: above.map(\.guid),
      directGroups: Set(direct.map(\.guid)),
      allGroups: try closure(over: direct)
    )
  }

  private static func isWrittenBack(_ image: Image) -> Bool {
    image.texts("adminDescription").contains { $0.hasPrefix("User_") || $0.hasPrefix("Group_") }
  }

  private mutating func nodes(above object: ObjectRecord) throws -> [Node] {
    var ancestors: [Node] = []
    var next = object.parent
    // A tree read in the middle of moves could show a ring; depth bounds the walk.
    while let id = next, ancestors.count < 256, let node = try node(id) {
      ancestors.append(node)
      next = node.parent
    }
    return ancestors
  }

  private mutating func node(_ id: ObjectID) throws -> Node? {
    if let known = nodes[id] { return known }
    guard let object = try store.object(id) else { return nil }
    let isKnown = object.objectClass != nil || !object.isSuspect
    let node = Node(guid: object.guid, parent: object.parent, source: object.source, isKnown: isKnown)
    nodes[id] = node
    return node
  }

  /// Groups hold one another in rings, too: each is visited once.
  private mutating func closure(over direct: [ObjectRecord]) throws -> Set<GUID> {
    var found = Set(direct.map(\.guid))
    var waiting = direct
    while let group = waiting.popLast() {
      for parent in try liveGroups(holdingGroup: group) where found.insert(parent.guid).inserted {
        waiting.append(parent)
      }
    }
    return found
  }

  private mutating func liveGroups(holdingGroup group: ObjectRecord) throws -> [ObjectRecord] {
    if let known = parentGroups[group.id] { return known }
    let parents = try liveGroups(holding: group)
    parentGroups[group.id] = parents
    return parents
  }

  private func liveGroups(holding object: ObjectRecord) throws -> [ObjectRecord] {
    var groups = try store.groups(withMember: object.guid).compactMap { try store.object($0) }
    if let primary = try store.primaryGroup(of: object) { groups.append(primary) }
    return groups.filter { $0.isLive && $0.objectClass == .group }
  }
}
