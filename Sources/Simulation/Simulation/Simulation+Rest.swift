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

  private static let waits: [Duration] = [
    .seconds(1), .seconds(60), .seconds(1000), .seconds(3700), .seconds(2 * 3700), .seconds(4 * 3700),
    .seconds(8 * 3700), .seconds(17 * 3700), .seconds(25 * 3600), .seconds(25 * 3600), .seconds(25 * 3600),
  ]

  /// Runs, and waits where something waits for its time, until nothing is left to do.
  private func settle() async {
    var waits = Self.waits[...]
    var rounds = 0
    var lastEffects = -1
    while true {
      rounds += 1
      let result = await run()
      let isWaiting = await isWaiting()
      if result.isComplete && !result.isPaused && result.requests == 0 && !isWaiting { return }
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
    var known: Set<GUID> = []
    for controller in forest.controllers { known.formUnion(await forest.state(at: controller).objects.keys) }
    return evidence.seen.subtracting(known).count > 2
  }

  /// Whether the engine itself knows of something to be done later.
  private func isWaiting() async -> Bool {
    if await pipeline?.state.waitsFor != nil { return true }
    var reference = await forest.state(at: forest.controllers[0])
    reference.now = time.now()
    for cloud in clouds where !cloud.lacksBase(in: reference) {
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
    let state = await forest.state(at: forest.controllers[0])
    for cloud in clouds where !cloud.lacksBase(in: state) {
      for violation in cloud.differences(from: state) { add(violation) }
    }
    let result = await run()
    if result.requests > 0 { add(Violation(kind: .unrest, detail: "\(result.requests) requests")) }
    evidence.begin(with: state, controllers: forest.controllers)
  }
}
