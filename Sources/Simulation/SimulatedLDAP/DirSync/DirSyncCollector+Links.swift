import ADSimulator
import LDAP
import Model

extension DirSyncCollector {
  /// One entry for the object's changed links, if there are any; it has no objectClass.
  func links(of object: DirectoryObject) -> [LDAPEntry] {
    guard !object.isDeleted else { return [] }
    let changed = object.links.filter { !$0.value.isSilent && isNews($0.value.stamp) }
    guard !changed.isEmpty else { return [] }
    var present: [LDAPAttribute] = []
    var earlier: [LDAPAttribute] = []
    for id in Set(changed.keys.map(\.attribute)).sorted() where wanted.contains(AttributeName(view.schema[id].name)) {
      let name = view.schema[id].name
      guard flags.contains(.incrementalValues) else {
        present.append(LDAPAttribute(name, view.values(AttributeName(name), of: object)))
        continue
      }
      let ordered = changed.filter { $0.key.attribute == id }.sorted { $0.key < $1.key }
      let added = ordered.filter { view.replica.shows($0.value, $0.key, at: view.now) }
        .compactMap { view.reference(to: $0.key, $0.value) }
      let removed = ordered.filter { !$0.value.isPresent }.compactMap { view.reference(to: $0.key.target) }
      // Marks, not ranges.
      present += Self.marked(name, added: added, removed: removed)
      earlier += Self.marked(name, added: removed, removed: added)
    }
    guard !present.isEmpty else { return [] }
    return (repeats && !earlier.isEmpty ? [earlier, present] : [present]).map { attributes in
      LDAPEntry(
        name: view.reference(to: object),
        attributes: attributes + [
          LDAPAttribute("objectGUID", [object.guid.bytes]),
          LDAPAttribute("instanceType", [view.instanceType(of: object)]),
        ]
      )
    }
  }

  private static func marked(_ name: String, added: [[UInt8]], removed: [[UInt8]]) -> [LDAPAttribute] {
    var attributes: [LDAPAttribute] = []
    if !added.isEmpty { attributes.append(LDAPAttribute("\(name);range=1-1", added)) }
    if !removed.isEmpty { attributes.append(LDAPAttribute("\(name);range=0-0", removed)) }
    return attributes
  }
}
