import Engine
import Model

extension SimulatedSink.State {
  /// What a request does, and the answer to it, when nothing goes wrong.
  mutating func effect(of operation: Operation) -> OperationOutcome {
    switch operation.action {
    case .create(let resource): create(operation, resource)
    case .update(_, let changes): update(operation, changes)
    case .delete: delete(operation)
    case .members(let added, let removed): change(operation, added, removed)
    }
  }

  private mutating func create(_ operation: Operation, _ resource: Resource) -> OperationOutcome {
    let id: String
    if let known = idsByGUID[operation.guid] {
      id = known
    } else if let namesake = namesake(of: resource.attributes, operation.kind) {
      guard namesake.guid == nil else {
        return .rejected(code: "uniqueness", reason: "\(namesake.remoteID) has that name")
      }
      id = namesake.remoteID
    } else {
      id = nextID()
    }
    if let other = namesake(of: resource.attributes, operation.kind), other.remoteID != id {
      // As with an update.
      if let active = resource.attributes[.active], held[id] != nil { held[id]?.attributes[.active] = active }
      if held[id]?.guid == operation.guid {
        return .adopted(remoteID: id, code: "uniqueness", reason: "\(other.remoteID) has that name")
      }
      return .rejected(code: "uniqueness", reason: "\(other.remoteID) has that name")
    }
    held[id, default: SimulatedSink.Held(remoteID: id, kind: operation.kind, guid: operation.guid, attributes: [:])]
      .attributes = resource.attributes
    held[id]?.guid = operation.guid
    idsByGUID[operation.guid] = id
    return .done(remoteID: id)
  }

  private mutating func update(_ operation: Operation, _ changes: [AttributeChange]) -> OperationOutcome {
    guard let id = operation.remoteID, let object = held[id] else { return .linkStale(reason: "no such object") }
    var attributes = object.attributes
    for change in changes { attributes[change.path] = change.new }
    if let other = namesake(of: attributes, operation.kind), other.remoteID != id {
      // No odd name may hold back a disable.
      if let active = changes.first(where: { $0.path == .active }) { held[id]?.attributes[.active] = active.new }
      return .rejected(code: "uniqueness", reason: "\(other.remoteID) has that name")
    }
    held[id]?.attributes = attributes
    return .done(remoteID: id)
  }

  private mutating func delete(_ operation: Operation) -> OperationOutcome {
    if let id = operation.remoteID ?? idsByGUID[operation.guid] { remove(id) }
    return .done(remoteID: nil)
  }

  private mutating func change(
    _ operation: Operation,
    _ added: [MemberReference],
    _ removed: [MemberReference]
  ) -> OperationOutcome {
    guard let id = operation.remoteID, held[id] != nil else { return .linkStale(reason: "no such group") }
    var refused: [GUID: String] = [:]
    for member in added {
      if held[member.remoteID] == nil {
        refused[member.guid] = "no such member"
      } else {
        held[id]?.members.insert(member.remoteID)
      }
    }
    for member in removed { held[id]?.members.remove(member.remoteID) }
    return refused.isEmpty ? .done(remoteID: id) : .membersRefused(refused)
  }

  func isNaming(_ path: TargetPath, _ kind: ResourceKind) -> Bool {
    switch kind {
    case .user: path == .userName
    case .group: path == .displayName
    case .organizationalUnit: false
    }
  }

  private func namesake(of attributes: [TargetPath: ResourceValue], _ kind: ResourceKind) -> SimulatedSink.Held? {
    guard kind != .organizationalUnit, case .string(let name) = attributes[kind == .user ? .userName : .displayName]
    else { return nil }
    let path = kind == .user ? TargetPath.userName : .displayName
    // The one of the object itself does not count where there is another.
    let all = held.values.filter { $0.kind == kind && $0.attributes[path] == .string(name) }
    return all.min { ($0.remoteID.count, $0.remoteID) < ($1.remoteID.count, $1.remoteID) }
  }
}
