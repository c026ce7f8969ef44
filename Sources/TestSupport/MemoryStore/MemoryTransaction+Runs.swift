import Engine
import Model

extension MemoryTransaction {
  func lastRun(of configuration: ConfigurationID) throws -> RunRecord? {
    state.runs.values.filter { $0.configuration == configuration }.max { $0.id < $1.id }
  }

  func beginRun(_ configuration: ConfigurationID, reason: RunReason, at now: Timestamp) throws -> RunRecord {
    try requireConfiguration(configuration)
    let run = RunRecord(
      id: (state.runs.keys.max() ?? 0) + 1,
      configuration: configuration,
      reason: reason,
      started: now
    )
    set(\.runs, run.id, run)
    return run
  }

  func update(_ run: RunRecord) throws {
    guard state.runs[run.id] != nil else { throw MemoryStoreError("no run \(run.id)") }
    set(\.runs, run.id, run)
  }

  func pruneRuns(of configuration: ConfigurationID, keeping count: Int) throws {
    let runs = state.runs.values.filter { $0.configuration == configuration }.map(\.id).sorted()
    for id in runs.dropLast(count) { set(\.runs, id, nil) }
  }

  func counts(of configuration: ConfigurationID) throws -> StoreCounts {
    var counts = StoreCounts()
    for link in state.links.values where link.configuration == configuration {
      if link.confirmed != nil && link.presence == .present { counts.provisioned += 1 }
      if isFailing(link) { counts.failing += 1 }
      if link.gate == .held { counts.held += 1 }
      if link.gate == .rejected { counts.rejected += 1 }
      switch link.state {
      case .pending, .inflight: counts.pending += 1
      case .escrow: counts.escrowed += 1
      case .idle: break
      }
    }
    counts.failing += state.memberLinks.values.count {
      $0.configuration == configuration && $0.notBefore != nil && $0.isConfirmed != $0.isDesired
        && state.links[LinkKey(configuration, $0.group)].map(takesMembers) == true
    }
    counts.pendingMembers = state.memberLinks.values.count {
      $0.configuration == configuration && $0.isConfirmed != $0.isDesired
    }
    for gate in [Gate.held, .rejected] {
      let count = try memberLinks(configuration, behind: gate, after: nil, limit: .max).count
      if gate == .held { counts.held += count } else { counts.rejected += count }
    }
    return counts
  }

  private func isFailing(_ link: LinkRecord) -> Bool {
    let key = LinkKey(link.configuration, link.object)
    return link.state == .escrow || (link.attempts > 0 && link.state != .idle)
      || (link.memberAttempts > 0 && takesMembers(link) && !(state.unsettledMembers[key] ?? []).isEmpty)
  }

  private func takesMembers(_ link: LinkRecord) -> Bool {
    [.present, .disabled].contains(link.presence)
  }
}
