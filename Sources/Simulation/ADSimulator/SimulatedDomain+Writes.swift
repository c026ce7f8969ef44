package import Model

/// Originating writes at one controller. What they throw has changed nothing.
extension SimulatedDomain {
  package func create(
    _ objectClass: ObjectClass,
    name: String,
    in parent: GUID,
    attributes: [AttributeName: String] = [:],
    at controller: ControllerID
  ) throws(SimulatorError) -> GUID {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      try create(objectClass, name: name, in: parent, attributes, &state, &replica)
    }
  }

  /// As many in one go, which costs a large domain far less; all of them or none.
  package func create(
    _ objectClass: ObjectClass,
    names: [String],
    in parent: GUID,
    attributes: (String) -> [AttributeName: String],
    at controller: ControllerID
  ) throws(SimulatorError) -> [GUID] {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      var guids: [GUID] = []
      for name in names {
        guids.append(try create(objectClass, name: name, in: parent, attributes(name), &state, &replica))
      }
      return guids
    }
  }

  private func create(
    _ objectClass: ObjectClass,
    name: String,
    in parent: GUID,
    _ attributes: [AttributeName: String],
    _ state: inout State,
    _ replica: inout Replica
  ) throws(SimulatorError) -> GUID {
    let guid = state.generator.guid()
    var sid: SID?
    if objectClass.isSecurityPrincipal {
      sid = domainSID.account(state.nextRelativeID)
      state.nextRelativeID += 1
    }
    var values = attributes
    if objectClass == .user {
      values["primaryGroupID"] = values["primaryGroupID"] ?? "513"
      values["userAccountControl"] = values["userAccountControl"] ?? "512"
    }
    let pairs = values.sorted { $0.key < $1.key }.map { (state.schema.id(of: $0.key), [Array($0.value.utf8)]) }
    let object = DirectoryObject(guid, objectClass, sid: sid, createdUSN: replica.usn + 1)
    try replica.create(object, name: name, in: parent, values: pairs, at: state.now.seconds)
    return guid
  }

  /// - Parameter value: nil clears the attribute.
  package func modify(
    _ guid: GUID,
    _ attribute: AttributeName,
    _ value: String?,
    at controller: ControllerID
  ) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      let id = state.schema.id(of: attribute)
      try replica.modify(guid, id, value.map { [Array($0.utf8)] } ?? [], at: state.now.seconds)
    }
  }

  package func place(
    _ guid: GUID,
    name: String? = nil,
    in parent: GUID? = nil,
    at controller: ControllerID
  ) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      try replica.place(guid, name: name, in: parent, at: state.now.seconds)
    }
  }

  package func deleteTree(_ guid: GUID, at controller: ControllerID) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      let bin = options.recycleBin
      try replica.deleteTree(guid, schema: state.schema, recycleBin: bin, at: state.now.seconds)
    }
  }

  package func restore(_ guid: GUID, at controller: ControllerID) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      try replica.restore(guid, recycleBin: options.recycleBin, at: state.now.seconds)
    }
  }

  package func addMember(
    _ member: GUID,
    to group: GUID,
    lasting lifetime: Duration? = nil,
    isLegacy: Bool = false,
    at controller: ControllerID
  ) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      if isLegacy { return try replica.setLegacyMember(member, of: group, isPresent: true, at: state.now) }
      let expiry = lifetime.map { state.now + $0 }
      try replica.setMember(member, of: group, isPresent: true, expiry: expiry, at: state.now)
    }
  }

  /// As many in one go; all of them or none.
  package func addMembers(_ members: [GUID], to group: GUID, at controller: ControllerID) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      for member in members { try replica.setMember(member, of: group, isPresent: true, at: state.now) }
    }
  }

  package func removeMember(
    _ member: GUID,
    from group: GUID,
    at controller: ControllerID
  ) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      let isLegacy = replica.objects[group]?[.member]?.values.contains(member.bytes) == true
      if isLegacy { return try replica.setLegacyMember(member, of: group, isPresent: false, at: state.now) }
      try replica.setMember(member, of: group, isPresent: false, at: state.now)
    }
  }

  /// As AD does it: the old primary group gets the user as a member, the new one loses it (MS-SAMR 3.1.1.8.2).
  package func setPrimaryGroup(_ user: GUID, _ group: GUID, at controller: ControllerID) throws(SimulatorError) {
    try write(at: controller) { (state, replica) throws(SimulatorError) in
      let object = try replica.live(user)
      guard let relativeID = try replica.live(group).sid?.relativeIdentifier else { throw .isNoGroup(group) }
      guard object.primaryGroupRID != relativeID else { return }
      if replica.objects[group]?[.member]?.values.contains(user.bytes) == true {
        try replica.setLegacyMember(user, of: group, isPresent: false, at: state.now)
      } else {
        try replica.setMember(user, of: group, isPresent: false, at: state.now)
      }
      let former = replica.objects.values.filter { candidate in
        candidate.objectClass == .group && candidate.sid?.relativeIdentifier == object.primaryGroupRID
          && !candidate.isDeleted
      }.map(\.guid).min()
      if let former { try replica.setMember(user, of: former, isPresent: true, at: state.now) }
      try replica.modify(user, .primaryGroupID, [Array("\(relativeID)".utf8)], at: state.now.seconds)
    }
  }
}
