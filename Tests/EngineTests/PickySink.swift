import Engine
import Model
import Synchronization
import TestSupport

/// Refuses one member, and takes the others of the same request, as a SCIM service does whose requests are halved.
final class PickySink: Sink {
  private let sink: FakeSink
  private let refused: GUID
  private let log = Mutex<[GUID]>([])
  var added: [GUID] { log.withLock { $0 } }
  var capabilities: SinkCapabilities { sink.capabilities }

  init(_ sink: FakeSink, refusing member: GUID) {
    self.sink = sink
    refused = member
  }

  func open() async throws(SinkUnavailable) { try await sink.open() }
  func close() async {}
  func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    var outcomes: [OperationOutcome] = []
    for operation in operations {
      if case .members(let added, let removed) = operation.action {
        log.withLock { $0 += added.map(\.guid) }
        let rest = Operation(
          id: operation.id,
          kind: operation.kind,
          guid: operation.guid,
          remoteID: operation.remoteID,
          action: .members(added: added.filter { $0.guid != refused }, removed: removed)
        )
        let outcome = await sink.apply([rest])[0]
        outcomes.append(
          added.contains { $0.guid == refused } ? .membersRefused([refused: "no such user"]) : outcome
        )
      } else {
        outcomes += await sink.apply([operation])
      }
    }
    return outcomes
  }
}
