import Engine
import Model

extension SCIMSession {
  /// Absence is success.
  func delete(_ operation: Operation) async throws(SCIMFailure) {
    guard let id = try await target(of: operation) else { return }
    let answer = try await client.send("DELETE", path(operation.kind, id))
    guard answer.isSuccess || answer.status == 404 || answer.status == 410 else { throw .rejected(answer.refusal) }
  }

  /// Without a link only what bears our externalId is ours to delete.
  private func target(of operation: Operation) async throws(SCIMFailure) -> String? {
    if let id = operation.remoteID { return id }
    guard let found = try await find(operation.kind, .externalID, operation.guid.description) else {
      throw .rejected(
        code: "lookup",
        reason: "whether it is there cannot be told: the service cannot be asked by externalId"
      )
    }
    guard found.count <= 1 else {
      let ids = found.map { $0.id.printable(limit: 80) }.joined(separator: ", ")
      throw .rejected(code: "ambiguous", reason: "several resources have this externalId: \(ids)")
    }
    return found.first?.id
  }
}
