import Model

extension Replica {
  /// Whether it shows the same objects in the same places with the same values and links.
  func holdsSame(as other: Replica) -> Bool {
    objects.count == other.objects.count
      && objects.values.allSatisfy { object in other.objects[object.guid].map { object.holdsSame(as: $0) } ?? false }
  }
}

extension DirectoryObject {
  fileprivate func holdsSame(as other: DirectoryObject) -> Bool {
    parent == other.parent && Self.standing(attributes) == Self.standing(other.attributes)
      && Self.standing(links) == Self.standing(other.links)
  }

  private static func standing(_ attributes: [Value]) -> [AttributeID: [[UInt8]]] {
    Dictionary(uniqueKeysWithValues: attributes.lazy.filter { !$0.values.isEmpty }.map { ($0.id, $0.values) })
  }

  private static func standing(_ links: [LinkKey: LinkValue]) -> [LinkKey: Timestamp?] {
    links.filter { $0.value.isPresent }.mapValues(\.expiry)
  }
}
