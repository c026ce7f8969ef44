import Logging
import Model

extension Exporter {
  /// One line an operation, with fields that a journal can be searched by; attribute values stay out.
  func log(_ operation: Operation, _ outcome: OperationOutcome) {
    let metadata: Logger.Metadata = [
      "operation": "\(operation.action.name)", "guid": "\(operation.guid)", "kind": "\(operation.kind.rawValue)",
    ]
    switch outcome {
    case .done: logger.info("operation done", metadata: metadata)
    case .linkStale(let reason): warn("object gone from the sink, to be matched again", reason, metadata)
    case .retry(let reason): warn("operation failed, to be repeated", reason, metadata)
    case .unknown(let reason): warn("operation without answer, to be looked up", reason, metadata)
    case .rejected(let code, let reason): warn("operation rejected, object set aside", "\(code): \(reason)", metadata)
    case .adopted(_, let code, let reason):
      warn("object adopted, but its values rejected and set aside", "\(code): \(reason)", metadata)
    case .membersRefused(let refused):
      for (member, reason) in refused.sorted(by: { $0.key < $1.key }) {
        warn("member refused, membership set aside", reason, metadata.merging(["member": "\(member)"]) { $1 })
      }
    case .notSent, .unavailable: break
    }
  }

  private func warn(_ message: Logger.Message, _ reason: String, _ metadata: Logger.Metadata) {
    logger.warning(message, metadata: metadata.merging(["reason": "\(reason)"]) { $1 })
  }
}

extension Operation.Action {
  package var name: String {
    switch self {
    case .create: "create"
    case .update: "update"
    case .delete: "delete"
    case .members: "members"
    }
  }
}
