import ADSimulator
import Model

extension SimulatedForest {
  func apply(
    _ change: DirectoryWrite,
    to domain: SimulatedDomain,
    at controller: SimulatedDomain.ControllerID
  ) throws -> GUID {
    switch change {
    case .create(let objectClass, let name, let parent, let attributes):
      return try domain.create(objectClass, name: name, in: parent, attributes: attributes, at: controller)
    case .set(let guid, let name, let value):
      try domain.modify(guid, name, value, at: controller)
      return guid
    case .rename(let guid, let name):
      try domain.place(guid, name: name, at: controller)
      return guid
    case .move(let guid, let parent):
      try domain.place(guid, in: parent, at: controller)
      return guid
    case .moveAcross(let guid, let parent):
      guard let source = members.first(where: { $0 !== domain && $0.isLive(guid) }) else {
        throw SimulatorError.unknown(guid)
      }
      _ = try source.move(guid, to: parent, in: domain, from: source.controllers[0], at: controller)
      return guid
    case .delete(let guid), .deleteTree(let guid):
      try domain.deleteTree(guid, at: controller)
      return guid
    case .restore(let guid):
      try domain.restore(guid, at: controller)
      return guid
    case .addMember(let member, let group, let lifetime):
      try domain.addMember(member, to: group, lasting: lifetime, at: controller)
      return group
    case .addLegacyMember(let member, let group):
      try domain.addMember(member, to: group, isLegacy: true, at: controller)
      return group
    case .addForeignMember(let member, let group):
      guard members.contains(where: { $0 !== domain && $0.isLive(member) }) else {
        throw SimulatorError.unknown(member)
      }
      try domain.addForeignMember(member, to: group, at: controller)
      return group
    case .removeMember(let member, let group):
      try domain.removeMember(member, from: group, at: controller)
      return group
    case .setPrimaryGroup(let user, let group):
      try domain.setPrimaryGroup(user, group, at: controller)
      return user
    case .expunge(let guid):
      domain.expunge(guid)
      return guid
    case .hide(let guid):
      domain.hide([guid])
      return guid
    case .show(let guid):
      domain.show([guid])
      return guid
    }
  }
}
