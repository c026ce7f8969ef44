package import Model

/// An object as a controller would show it, for whoever checks what was made of it.
package struct LiveObject: Hashable, Sendable {
  package let guid: GUID
  package let objectClass: ObjectClass
  package let name: String
  package let parent: GUID?
  package let sid: SID?
  package let primaryGroupRID: UInt32?
  package let texts: [AttributeName: String]
  package let members: [GUID]
}

extension SimulatedDomain {
  /// What lives and is visible there now, in the order of the objectGUIDs.
  package func liveState(at controller: ControllerID) -> [LiveObject] {
    withState { state in
      let replica = state.replicas[controller.number]
      return replica.objects.values.filter { !$0.isDeleted && !state.hidden.contains($0.guid) }
        .sorted { $0.guid < $1.guid }
        .map { object in
          var texts: [AttributeName: String] = [:]
          for value in object.attributes where state.schema[value.id].kind == .text {
            guard let bytes = value.values.first else { continue }
            texts[AttributeName(state.schema[value.id].name)] = String(validating: bytes, as: UTF8.self)
          }
          return LiveObject(
            guid: object.guid,
            objectClass: object.objectClass,
            name: object.name,
            parent: object.parent,
            sid: object.sid,
            primaryGroupRID: object.primaryGroupRID,
            texts: texts,
            members: replica.targets(.member, of: object, at: state.now)
          )
        }
    }
  }

  /// Deleted but not beyond recall, in the order of the objectGUIDs.
  package func deletedObjects(at controller: ControllerID) -> [GUID] {
    withState { state in
      state.replicas[controller.number].objects.values.filter { $0.isDeleted && !$0.isRecycled }.map(\.guid).sorted()
    }
  }
}

extension SimulatedDomain {
  /// Where it is at the first controller; nil for what is not there.
  package func distinguishedName(of guid: GUID) -> DistinguishedName? {
    withState { state in
      let replica = state.replicas[0]
      return replica.objects[guid].map { replica.name(of: $0) }
    }
  }
}
