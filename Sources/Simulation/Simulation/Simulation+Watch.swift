import Model
import Oracle
import Engine

/// What is seen of the domains from outside.
extension Simulation {
  /// Before each run.
  func observe() async {
    let now = time.now()
    var isNews = false
    for controller in forest.controllers {
      let revision = await forest.revision(at: controller)
      if seenRevisions[controller] == revision && seenAt == now { continue }
      seenRevisions[controller] = revision
      isNews = true
      let state = await view(from: controller)
      evidence.observe(state, at: controller)
      if forest.domains.count == 1 {
        for cloud in clouds where cloud.isLeading { cloud.noteReturns([state]) }
      }
    }
    if forest.domains.count > 1, isNews { await observePairs() }
    seenAt = now
    noteLosses(at: now)
    for cloud in clouds { cloud.judge.learn(evidence) }
  }

  /// Each controller of one domain may be read together with each one of the other.
  private func observePairs() async {
    for first in forest.controllers(of: 0) {
      for second in forest.controllers(of: 1) {
        let states = [await forest.state(at: first), await forest.state(at: second)]
        for cloud in clouds where cloud.isLeading { cloud.noteReturns(Self.joined(states)) }
      }
    }
  }

  /// The state of each domain at its first controller, which all share after a replication.
  func states() async -> [DirectoryState] {
    var states: [DirectoryState] = []
    for domain in forest.domains.indices {
      if let controller = forest.controllers(of: domain).first { states.append(await forest.state(at: controller)) }
    }
    return Self.joined(states)
  }

  private func view(from controller: Int) async -> DirectoryState {
    let own = forest.domain(of: controller)
    var state = await forest.state(at: controller)
    for domain in forest.domains.indices where domain != own {
      if let other = forest.controllers(of: domain).first { state.others.append(await forest.state(at: other)) }
    }
    return state
  }

  private static func joined(_ states: [DirectoryState]) -> [DirectoryState] {
    states.indices.map { index in
      var state = states[index]
      state.others = states.indices.filter { $0 != index }.map { states[$0] }
      return state
    }
  }

  // MARK: Moves

  func noteMove(of guid: GUID, to domain: Int) {
    evidence.noteMove(of: guid, at: time.now())
    arriving[guid] = (domain, time.now())
    travellers.insert(guid)
  }

  /// Once a domain was read where all controllers have it, nobody has to hold it for lost.
  func noteArrivals(in domain: Int) async {
    for (guid, arrival) in arriving where arrival.domain == domain {
      var isThere = true
      for controller in forest.controllers(of: domain) {
        if await forest.state(at: controller).objects[guid]?.isDeleted != false { isThere = false }
      }
      if isThere { arriving[guid] = nil }
    }
  }

  /// What one domain has got of a move later than so is held for lost, if the other one does not show it meanwhile.
  private func noteLosses(at now: Timestamp) {
    for (guid, arrival) in arriving where now - arrival.since > .seconds(2 * 3600) { evidence.noteLoss(of: guid) }
  }

  // MARK: Bases

  /// A base that is gone at every domain controller must stop its configuration.
  func checkBases(_ report: RefreshReport, of domain: Int) async {
    // It may be gone without a word that a run could have heard.
    guard delayToRest == .zero else { return }
    for cloud in clouds
    where cloud.domain == domain && report.problems[cloud.configuration.name] == nil && !cloud.bases.isEmpty {
      var isGoneEverywhere = true
      for controller in forest.controllers(of: domain) where await !cloud.lacksBase(of: forest.state(at: controller)) {
        isGoneEverywhere = false
      }
      if isGoneEverywhere {
        add(Violation(kind: .changeWithoutBase, detail: "\(cloud.configuration.name) goes on without its base"))
      }
    }
  }
}
