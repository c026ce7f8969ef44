package import Model

extension DirectoryState {
  /// The DN at which the object stands; nil when it is not there.
  package func name(of guid: GUID) -> DistinguishedName? {
    guard let entry = objects[guid] else { return nil }
    guard let parent = entry.parent else {
      return DistinguishedName(domain.split(separator: ".").map { RelativeName(type: "DC", value: String($0)) })
    }
    guard let above = name(of: parent) else { return nil }
    let relative = RelativeName(type: entry.objectClass.relativeNameType, value: entry.name)
    return DistinguishedName([relative] + above.components)
  }
}
