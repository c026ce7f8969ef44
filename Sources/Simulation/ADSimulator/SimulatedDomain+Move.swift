package import Model

/// Moves between two domains of a forest (MS-ADTS 3.1.1.5.4.2): the objectGUID stays, the SID is a new one. In the former
/// domain one controller alone may do it, so that no object goes two ways at once.
extension SimulatedDomain {
  package func move(
    _ guid: GUID,
    to parent: GUID,
    in target: SimulatedDomain,
    from source: ControllerID,
    at controller: ControllerID
  ) throws(SimulatorError) -> MovingObject {
    let moving = try write(at: source) { (state, replica) throws(SimulatorError) in
      try replica.readForMove(guid, schema: state.schema, at: state.now)
    }
    try target.receive(moving, in: parent, at: controller)
    try write(at: source) { state, replica in replica.depart(guid, at: state.now.seconds) }
    return moving
  }

  private func receive(_ moving: MovingObject, in parent: GUID, at controller: ControllerID) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      var values = moving.values
      if moving.objectClass == .user { values["primaryGroupID"] = [Array("513".utf8)] }
      let pairs = values.sorted { $0.key < $1.key }.map { (state.schema.id(of: $0.key), $0.value) }
      var sid: SID?
      if moving.objectClass.isSecurityPrincipal {
        sid = domainSID.account(state.nextRelativeID)
        state.nextRelativeID += 1
      }
      try replica.arrive(moving, in: parent, sid: sid, values: pairs, at: state.now)
    }
  }

  /// Adds an object of another domain of the forest, which that controller has looked up there.
  package func addForeignMember(
    _ member: GUID,
    to group: GUID,
    at controller: ControllerID
  ) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      replica.addPhantom(member)
      try replica.setMember(member, of: group, isPresent: true, at: state.now)
    }
  }
}
