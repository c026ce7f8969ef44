import ControlAPI
import ControlServer
import Engine
import Model

/// What the guard holds, and what a person decides about it.
extension Backend {
  func holds(_ name: String, limit: Int) async throws -> HoldsReport {
    guard inForce[name] != nil else { throw ControlProblem.unknownConfiguration(name) }
    return HoldsReport(try await HoldDecider(store: store, configuration: name).holds(limit: limit))
  }

  func decide(_ decision: HoldsDecision, about name: String) async throws -> HoldsAnswer {
    guard inForce[name] != nil else { throw ControlProblem.unknownConfiguration(name) }
    let objects = try decision.objects.map { words in
      Set(try words.map { word in try GUID(word) ?? { throw ControlProblem.notAGUID(word) }() })
    }
    let decider = HoldDecider(store: store, configuration: name)
    do {
      let decided = try await decider.decide(
        decision.decision == .approve ? .approve : .reject,
        digest: decision.digest,
        only: objects,
        at: time.now()
      )
      await agent.runner(of: name)?.restart()
      return HoldsAnswer(decided: decided)
    } catch let error as HoldError {
      throw ControlProblem(
        status: 409,
        title: "Not what is held",
        detail: "\(name): \(error). Nothing was decided.",
        remedy: "Look at it with: adprovctl holds \(name)"
      )
    }
  }
}

extension HoldsReport {
  fileprivate init(_ holds: Holds) {
    self.init(
      digest: holds.digest,
      reason: holds.reason,
      since: holds.since?.date,
      count: holds.count,
      following: holds.following,
      operations: holds.operations.map(Operation.init)
    )
  }
}

extension HoldsReport.Operation {
  fileprivate init(_ operation: HeldOperation) {
    let (action, group): (HoldsReport.Action, String?) =
      switch operation.action {
      case .delete: (.delete, nil)
      case .disable: (.disable, nil)
      case .empty: (.empty, nil)
      case .removeMember(_, let name): (.removeMember, name)
      }
    self.init(
      guid: "\(operation.guid)",
      kind: operation.kind.rawValue,
      name: operation.name,
      action: action,
      group: group
    )
  }
}
