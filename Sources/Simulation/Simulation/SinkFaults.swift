import Engine
import Model

/// How often, in percent of the requests, a simulated sink goes wrong.
package struct SinkFaults: Sendable, Hashable {
  package var requestPercent: Int
  package var openPercent: Int

  package init(requestPercent: Int, openPercent: Int) {
    self.requestPercent = requestPercent
    self.openPercent = openPercent
  }

  package static let none = SinkFaults(requestPercent: 0, openPercent: 0)
}

enum SinkFault {
  case retry
  /// Refused; perhaps some of the attributes were taken before.
  case rejected(partly: Bool)
  case unknown(applied: Bool)
  case pause(Duration?)
  case unavailable
  case membersRefused

  /// What is answered where no request was made.
  var withoutRequest: OperationOutcome? {
    switch self {
    case .pause(let duration): .notSent(pause: duration)
    case .unavailable: .unavailable(SinkUnavailable("simulated: out of order"))
    default: nil
    }
  }
}

extension SimulatedSink.State {
  mutating func drawFault(for operation: Operation) -> SinkFault? {
    guard randomness.chance(faults.requestPercent) else { return nil }
    injected += 1
    var isMembers = false
    if case .members = operation.action { isMembers = true }
    switch randomness.below(12) {
    case 0, 1: return .retry
    case 2: return .rejected(partly: false)
    case 3: return .rejected(partly: true)
    case 4, 5: return .unknown(applied: false)
    case 6, 7: return .unknown(applied: true)
    case 8: return .pause(.seconds(randomness.below(120)))
    case 9: return .pause(.seconds(600))
    case 10: return .unavailable
    default: return isMembers ? .membersRefused : .pause(nil)
    }
  }

  mutating func answer(_ operation: Operation, _ fault: SinkFault?) -> OperationOutcome {
    switch fault {
    case nil, .pause, .unavailable: return effect(of: operation)
    case .retry: return .retry(reason: "simulated: busy")
    case .rejected(let partly):
      if partly { applyPart(of: operation) }
      return .rejected(code: "invalidValue", reason: "simulated: refused")
    case .unknown(let applied):
      if applied { _ = effect(of: operation) }
      return .unknown(reason: "simulated: no answer")
    case .membersRefused: return refuseSome(operation)
    }
  }

  private mutating func applyPart(of operation: Operation) {
    guard case .update(_, let changes) = operation.action, let id = operation.remoteID, held[id] != nil else { return }
    for change in changes where !isNaming(change.path, operation.kind) && randomness.chance(50) {
      held[id]?.attributes[change.path] = change.new
    }
  }

  private mutating func refuseSome(_ operation: Operation) -> OperationOutcome {
    guard case .members(let added, let removed) = operation.action, let id = operation.remoteID, held[id] != nil else {
      return effect(of: operation)
    }
    var refused: [GUID: String] = [:]
    for member in added + removed where randomness.chance(50) { refused[member.guid] = "simulated: not this one" }
    for member in added where refused[member.guid] == nil && held[member.remoteID] != nil {
      held[id]?.members.insert(member.remoteID)
    }
    for member in removed where refused[member.guid] == nil { held[id]?.members.remove(member.remoteID) }
    return .membersRefused(refused)
  }
}
