import Engine
import Model
import Oracle
import TestSupport

/// The end of all trouble, after which everything must be as the oracle says.
extension Simulation {
  /// Ends all trouble, lets everything settle and compares.
  package func rest() async {
    figures.rests += 1
    note("rest")
    for cloud in clouds { cloud.sink.use(.none) }
    clock.jump(by: .zero - clock.offset)
    await forest.endFaults()
    for controller in forest.controllers { await forest.start(controller) }
    life.die(at: nil)
    life.freeDisk()
    await forest.replicateAll()
    await settle()
    if delayToRest > .zero, !isOver {
      await advance(by: delayToRest)
      delayToRest = .zero
      await settle()
    }
    if needsReconcile, !isOver {
      await reconcile(isRepairing: true)
      needsReconcile = false
      await settle()
    }
    await compare()
  }

  /// What one domain finds out about an object is for the other one's next run to act on, and that one's answer for the
  /// next but one.
  private var quietRoundsToRest: Int { forest.domains.count > 1 ? 3 : 1 }

  private static let waits: [Duration] = [
    .seconds(1), .seconds(60), .seconds(1000), .seconds(3700), .seconds(2 * 3700), .seconds(4 * 3700),
    .seconds(8 * 3700), .seconds(17 * 3700), .seconds(25 * 3600), .seconds(25 * 3600), .seconds(25 * 3600),
  ]

  /// Runs, and waits where something waits for its time, until nothing is left to do.
  private func settle() async {
    var waits = Self.waits[...]
    var rounds = 0
    var quietRounds = 0
    var lastEffects = -1
    while true {
      rounds += 1
      let result = await run()
      let isWaiting = await isWaiting()
      let isQuiet = result.isComplete && !result.isPaused && result.requests == 0 && !isWaiting
      quietRounds = isQuiet ? quietRounds + 1 : 0
      if quietRounds == quietRoundsToRest { return }
      if isQuiet { continue }
      if result.requests > 0 && rounds < 200 && result.isComplete && !result.isPaused { continue }
      // What was refused is tried again within the longest of the waits: as long as anything moves, so may it.
      if waits.isEmpty && effects != lastEffects && rounds < 200 { waits = Self.waits.suffix(1) }
      lastEffects = effects
      guard let wait = waits.popFirst() else {
        if !result.isComplete, await mayStandStill() {
          // On purpose: too much is gone without a trace. It must not have changed anything for that.
          isOver = true
          if result.requests > 0 { add(Violation(kind: .changeWithoutBase, detail: "changes while too much is gone")) }
        } else if !result.isComplete || result.isPaused {
          add(Violation(kind: .neverQuiet, detail: result.error.map { "\($0)" } ?? "requests without end"))
        }
        return
      }
      await advance(by: wait)
      await forest.replicateAll()
    }
  }

  /// Whether so many objects vanished without a tombstone that the engine has to suspect its own eyes.
  private func mayStandStill() async -> Bool {
    for (domain, name) in forest.domains.enumerated() {
      var known: Set<GUID> = []
      for controller in forest.controllers(of: domain) {
        known.formUnion(await forest.state(at: controller).objects.keys)
      }
      let gone = evidence.seen.subtracting(known).filter { evidence.domains[$0]?.contains(name) == true }
      if gone.count > 2 { return true }
    }
    return false
  }

  /// Whether the engine itself knows of something to be done later.
  private func isWaiting() async -> Bool {
    for pipeline in pipelines.values where await pipeline.state.waitsFor != nil { return true }
    let states = await states()
    for cloud in clouds where !cloud.lacksBase(in: states) {
      let name = cloud.configuration.name
      let counts = try? await store.read { store in
        try store.configuration(named: name).map { try store.counts(of: $0.id) }
      }
      if let counts = counts ?? nil, counts.pending + counts.failing > 0 { return true }
    }
    return false
  }

  private func compare() async {
    if isOver { return }
    let states = await states()
    // What left for a domain where one of the configurations stands still is kept: that one may want it.
    let blocked = Set(clouds.filter { $0.lacksBase(in: states) }.map(\.domain))
    let undecided = travellers.filter { guid in blocked.contains { states[$0].objects[guid] != nil } }
    for cloud in clouds where cloud.isLeading && !cloud.isBlocked(in: states) {
      for violation in cloud.differences(from: states, undecided: undecided) { add(violation) }
    }
    for cloud in clouds { await checkLog(of: cloud) }
    let result = await run()
    for cloud in clouds { await checkLog(of: cloud) }
    if result.requests > 0 { add(Violation(kind: .unrest, detail: "\(result.requests) requests")) }
    evidence.begin(
      with: forest.domains.indices.map { (states[$0], forest.controllers(of: $0)) }
    )
    arriving = [:]
  }
}
