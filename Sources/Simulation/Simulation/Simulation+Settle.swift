import ADSimulator
import Engine
import Model
import Oracle

extension Simulation {
  /// Ends all trouble, lets everything come to rest, and compares.
  func settle() async throws {
    figures.checks += 1
    for controller in domain.controllers { domain.start(controller) }
    directory.inject(.init())
    domain.replicateAll()
    guard haveSameState() else {
      figures.failures.append("the simulated controllers differ after replication")
      return
    }
    guard await becomesQuiet(within: plan.isHasty ? 5000 : 30_000) else {
      figures.failures.append("still sending after many runs")
      return
    }
    await healIfUnheard()
    let oracle = oracle(on: domain.liveState(at: domain.controllers[0]))
    compare(oracle)
    let before = sink.requests
    await runOnce(isFaulty: false)
    if sink.requests != before { figures.failures.append("a run after the last one sent \(sink.requests - before)") }
    let settled = oracle.expected()
    figures.failures += sink.takeObjections().filter { $0.holds(in: settled) }.map(\.description).sorted()
    judge = Judge(oracle.expected(), undecided: oracle.undecided())
  }

  /// Of the simulator itself: without it nothing can be said of the engine.
  private func haveSameState() -> Bool {
    let states = domain.controllers.map { domain.liveState(at: $0) }
    return states.allSatisfy { $0 == states[0] }
  }

  /// Some ends of links are reported by no controller (facts of deletion that lost against a restore elsewhere): only a full
  /// read finds them, which is then due within a day.
  private func healIfUnheard() async {
    let known = figures.failures.count
    compare(oracle(on: domain.liveState(at: domain.controllers[0])))
    guard figures.failures.count > known else { return }
    figures.failures.removeLast(figures.failures.count - known)
    figures.healedByFullRead += 1
    _ = await becomesQuiet(within: 30_000)
  }

  private func becomesQuiet(within step: Int) async -> Bool {
    var quietRuns = 0
    for round in 0..<40 {
      // Beyond every time of waiting, but mostly not to the next full read, which would mend what changes left wrong.
      if round > 0 { domain.advance(by: .seconds(step)) }
      let before = sink.requests
      await runOnce(isFaulty: false)
      quietRuns = sink.requests == before ? quietRuns + 1 : 0
      if quietRuns >= 3 && round >= 8 { return true }
    }
    return false
  }

  private func compare(_ oracle: Oracle) {
    let expected = oracle.expected()
    let undecided = oracle.undecided()
    var held: [GUID: SimulatedSink.Held] = [:]
    for resource in sink.held {
      let guid = resource.resource.externalID
      if held[guid] != nil { figures.failures.append("duplicate of \(guid)") }
      held[guid] = resource
    }
    let guids = Dictionary(uniqueKeysWithValues: held.values.map { ($0.remoteID, $0.resource.externalID) })
    for (guid, wanted) in expected.sorted(by: { $0.key < $1.key }) {
      guard let resource = held[guid] else {
        figures.failures.append("missing \(guid): \(wanted)")
        continue
      }
      compare(resource, wanted, Set(resource.members.compactMap { guids[$0] }), undecided)
    }
    for (guid, resource) in held.sorted(by: { $0.key < $1.key })
    where expected[guid] == nil && !undecided.contains(guid) {
      checkLeft(guid, resource)
    }
  }

  private func compare(
    _ resource: SimulatedSink.Held,
    _ wanted: Oracle.Expected,
    _ members: Set<GUID>,
    _ undecided: Set<GUID>
  ) {
    let guid = resource.resource.externalID
    var values: [String: String] = [:]
    for (path, value) in resource.resource.attributes {
      if case .string(let text) = value { values[path.text] = text }
    }
    if values != wanted.values { figures.failures.append("\(guid) has \(values), not \(wanted.values)") }
    if resource.resource.isActive != wanted.isActive {
      figures.failures.append("\(guid) is not active=\(wanted.isActive)")
    }
    // Of whom nothing is demanded may be in or out; so may those who are kept as they were.
    let certain = members.symmetricDifference(wanted.members).subtracting(undecided)
      .filter { plan.leaving != .keep || wanted.members.contains($0) }
    if let member = certain.min() {
      figures.failures.append("\(guid) and its member \(member): wanted is \(wanted.members.contains(member))")
    }
  }

  private func checkLeft(_ guid: GUID, _ resource: SimulatedSink.Held) {
    switch plan.leaving {
    case .keep: break
    case .delete: figures.failures.append("\(guid) is not deleted")
    case .disable:
      if resource.resource.kind == .user, resource.resource.isActive {
        figures.failures.append("\(guid) is still active")
      }
      if !resource.members.isEmpty { figures.failures.append("\(guid) has left and still has members") }
    }
  }
}
