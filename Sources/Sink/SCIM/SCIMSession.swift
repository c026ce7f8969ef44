import Engine
import HTTPTransport
import Model

/// Carries out operations on an open service; one file for each action.
struct SCIMSession: Sendable {
  let client: SCIMClient
  let patchForms: PatchForms

  /// Gives the service's id of the object, nil after a delete.
  func carryOut(_ operation: Operation) async throws(SCIMFailure) -> String? {
    let kind = operation.kind
    guard kind == .user || kind == .group else {
      throw .rejected(code: "kind", reason: "a SCIM service holds users and groups, no \(kind.rawValue)")
    }
    switch operation.action {
    case .create(let wanted):
      return try await create(wanted, mayExist: operation.mayHaveApplied)
    case .update(let wanted, let changes):
      let id = try linkedID(of: operation)
      try await update(id, to: wanted, changes: changes, shown: nil)
      return id
    case .delete:
      try await delete(operation)
      return nil
    case .members(let added, let removed):
      let id = try linkedID(of: operation)
      var change = MembershipChange(session: self, group: id)
      try await change.carryOut(added: added, removed: removed)
      return id
    }
  }

  private func linkedID(of operation: Operation) throws(SCIMFailure) -> String {
    guard let id = operation.remoteID else { throw .stale("the object has no id in the service yet") }
    return id
  }

  // MARK: Requests on one resource

  func path(_ kind: ResourceKind, _ id: String) throws(SCIMFailure) -> String {
    // These would climb out of the collection when the URL is read.
    guard id != ".", id != ".." else { throw .rejected(code: "id", reason: "the service's id of the object is a dot") }
    return "\(kind.collection)/\(id.percentEncoded)"
  }

  /// Nil when it is not there.
  func read(_ kind: ResourceKind, _ id: String) async throws(SCIMFailure) -> RemoteResource? {
    let query = kind == .group ? "?excludedAttributes=members" : ""
    let answer = try await client.send("GET", path(kind, id) + query)
    if answer.status == 404 { return nil }
    guard answer.isSuccess, let resource = answer.json.flatMap(RemoteResource.init) else {
      throw .rejected(answer.refusal)
    }
    return resource
  }

  /// Nil when it was applied.
  func patch(_ kind: ResourceKind, _ id: String, _ operations: [PatchOperation]) async throws(SCIMFailure) -> Refusal? {
    let answer = try await client.send("PATCH", path(kind, id), PatchOperation.body(operations))
    return answer.isSuccess ? nil : answer.refusal
  }
}
