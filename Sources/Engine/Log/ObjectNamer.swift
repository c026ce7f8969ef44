import Model

/// Builds the DNs of objects for people, within one transaction, of what the connector space knows. Ancestors are
/// remembered, since the objects of a batch mostly share them.
struct ObjectNamer {
  private let store: any StoreReader
  private var places: [ObjectID: [RelativeName]] = [:]

  init(_ store: any StoreReader) {
    self.store = store
  }

  /// Of a deleted object the one that it had; the GUID when nothing else is known.
  mutating func name(of id: ObjectID, _ guid: GUID) throws -> String {
    let components = try place(of: id, depth: 0)
    guard !components.isEmpty else { return "\(guid)" }
    return LogValue.cut("\(DistinguishedName(components))", to: LogValue.nameLimit)
  }

  /// A tree read in the middle of moves could show a ring; depth bounds the walk.
  private mutating func place(of id: ObjectID, depth: Int) throws -> [RelativeName] {
    if let known = places[id] { return known }
    guard depth < 256, let object = try store.object(id) else { return [] }
    var components: [RelativeName]
    if let parent = object.parent {
      let type = object.objectClass?.relativeNameType ?? "CN"
      components = object.name.isEmpty ? [] : [RelativeName(type: type, value: object.name)]
      components += try place(of: parent, depth: depth + 1)
    } else if object.objectClass == .domain, let root = try store.source(object.source)?.namingContext {
      components = root.components
    } else {
      components = object.name.isEmpty ? [] : [RelativeName(type: "CN", value: object.name)]
    }
    // What has nothing below it is not asked for again.
    if depth > 0 { places[id] = components }
    return components
  }
}
