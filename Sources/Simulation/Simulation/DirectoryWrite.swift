package import Model

/// One change that somebody makes at a domain controller.
package enum DirectoryWrite: Sendable, Hashable {
  case create(ObjectClass, name: String, in: GUID, attributes: [AttributeName: String])
  /// No value clears.
  case set(GUID, AttributeName, String?)
  case rename(GUID, String)
  case move(GUID, to: GUID)
  /// To a place in another domain, whose controller is the one written at.
  case moveAcross(GUID, to: GUID)
  case delete(GUID)
  case deleteTree(GUID)
  case restore(GUID)
  case addMember(GUID, to: GUID, lasting: Duration?)
  case addLegacyMember(GUID, to: GUID)
  /// One that lives in another domain.
  case addForeignMember(GUID, to: GUID)
  case removeMember(GUID, from: GUID)
  /// The primary group of a user.
  case setPrimaryGroup(GUID, GUID)
  /// Without a tombstone.
  case expunge(GUID)
  /// Takes the agent's right to read it, or gives it back.
  case hide(GUID)
  case show(GUID)
}

extension DirectoryWrite: CustomStringConvertible {
  package var description: String {
    switch self {
    case .create(let objectClass, let name, let parent, let attributes):
      "create \(objectClass) '\(name)' in \(parent) \(attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
    case .set(let guid, let name, let value): "set \(name) of \(guid) to \(value.map { "'\($0)'" } ?? "nothing")"
    case .rename(let guid, let name): "rename \(guid) to '\(name)'"
    case .move(let guid, let parent): "move \(guid) to \(parent)"
    case .moveAcross(let guid, let parent): "take over \(guid) from the other domain, to \(parent)"
    case .delete(let guid): "delete \(guid)"
    case .deleteTree(let guid): "delete the tree \(guid)"
    case .restore(let guid): "restore \(guid)"
    case .addMember(let member, let group, let lifetime):
      "add \(member) to \(group)\(lifetime.map { " for \($0.milliseconds / 1000) s" } ?? "")"
    case .addLegacyMember(let member, let group): "add \(member) to \(group) as a legacy value"
    case .addForeignMember(let member, let group): "add \(member) of the other domain to \(group)"
    case .removeMember(let member, let group): "remove \(member) from \(group)"
    case .setPrimaryGroup(let user, let group): "make \(group) the primary group of \(user)"
    case .expunge(let guid): "expunge \(guid)"
    case .hide(let guid): "hide \(guid)"
    case .show(let guid): "show \(guid)"
    }
  }
}
