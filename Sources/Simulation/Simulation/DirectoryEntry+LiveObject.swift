package import ADSimulator
import Model
package import Oracle

extension DirectoryEntry {
  /// What the oracle is told of an object that a controller shows.
  package init(_ object: LiveObject) {
    self.init(
      object.objectClass,
      name: object.name,
      parent: object.parent,
      sid: object.sid,
      primaryGroupRID: object.primaryGroupRID,
      attributes: Dictionary(uniqueKeysWithValues: object.texts.map { ($0.key.folded, [Array($0.value.utf8)]) }),
      members: Set(object.members)
    )
  }
}
