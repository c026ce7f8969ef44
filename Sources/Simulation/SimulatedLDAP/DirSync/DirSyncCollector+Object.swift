import ADSimulator
import LDAP
import Model

extension DirSyncCollector {
  /// Its entry with the attributes that changed and were asked for, if there are any; a removed one is named without values.
  func object(_ object: DirectoryObject) -> [LDAPEntry] {
    var attributes: [LDAPAttribute] = []
    for value in object.attributes where isNews(value.stamp) {
      attributes += self.attributes(value, of: object)
    }
    guard !attributes.isEmpty else { return [] }
    let whole = entry(object, attributes)
    guard repeats else { return [whole] }
    // As it was before: the same names with nothing yet, but for what an object always has.
    let earlier = attributes.map { attribute in
      Self.permanent.contains(AttributeName(attribute.description))
        ? attribute : LDAPAttribute(attribute.description, [])
    }
    return [entry(object, earlier), whole]
  }

  private static let permanent: Set<AttributeName> = ["objectClass", "name", "parentGUID", "objectSid", "isDeleted"]

  private func entry(_ object: DirectoryObject, _ attributes: [LDAPAttribute]) -> LDAPEntry {
    LDAPEntry(
      name: view.reference(to: object),
      // Always there, asked for or not (MS-ADTS 3.1.1.3.4.1.3).
      attributes: attributes + [
        LDAPAttribute("objectGUID", [object.guid.bytes]),
        LDAPAttribute("instanceType", [view.instanceType(of: object)]),
      ]
    )
  }

  private func attributes(_ value: DirectoryObject.Value, of object: DirectoryObject) -> [LDAPAttribute] {
    let attribute = view.schema[value.id]
    let name = AttributeName(attribute.name)
    guard wanted.contains(name), attribute.kind != .constructed else { return [] }
    // A tombstone is not told what was taken from it.
    if object.isDeleted, value.values.isEmpty { return [] }
    if !seesConfidential, view.options.confidentialAttributes.contains(name) {
      return [LDAPAttribute(attribute.name, [])]  // looks as if removed (MS-DRSR 4.1.10.5.8)
    }
    switch attribute.kind {
    case .link: return legacy(value, of: object, attribute.name)
    case .reference:
      let values = value.values.compactMap { GUID(bytes: $0).flatMap { view.reference(to: $0) } }
      return [LDAPAttribute(attribute.name, values)]
    case .text, .constructed: break
    }
    var found = [LDAPAttribute(attribute.name, value.values)]
    // With a name comes the place, except of the head (MS-ADTS 3.1.1.3.4.1.3).
    if value.id == .name, object.guid != view.replica.places.root, let parent = object.parent {
      found.append(LDAPAttribute("parentGUID", [parent.bytes]))
    }
    return found
  }

  private var seesConfidential: Bool { !flags.contains(.objectSecurity) }

  /// Values from before each had a stamp come with the object, all of them and without a mark (MS-DRSR 4.1.10.5.5).
  private func legacy(_ value: DirectoryObject.Value, of object: DirectoryObject, _ name: String) -> [LDAPAttribute] {
    let targets = view.replica.legacyTargets(value.id, of: object)
    return [LDAPAttribute(name, targets.compactMap { view.reference(to: $0) })]
  }
}
