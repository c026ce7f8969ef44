import Engine
import Model

/// What happens to the domain controllers, the process, the sinks and the clock.
extension SeededSimulation {
  mutating func performAround(_ kind: OperationKind, _ controller: Int) async {
    let forest = simulation.forest
    let siblings = forest.controllers(of: forest.domain(of: controller))
    switch kind {
    case .run: await simulation.run(someDomain())
    case .kill:
      simulation.life.die(at: randomness.between(1, 60))
      await simulation.run(someDomain())
    case .replicate:
      guard let target = randomness.pick(siblings), target != controller else { return }
      await forest.replicate(from: controller, to: target)
    case .stopController:
      guard !stopped.contains(controller) else { return }
      stopped.insert(controller)
      simulation.figures.stops += 1
      await forest.stop(controller)
      // Whoever takes over is read in full an hour later.
      simulation.require(.seconds(3700))
    case .startController:
      guard let controller = stopped.min() else { return }
      stopped.remove(controller)
      await forest.start(controller)
    case .snapshot:
      hasSnapshot.insert(controller)
      await forest.takeSnapshot(of: controller)
    case .rollBack, .restoreController:
      guard hasSnapshot.contains(controller) else { return }
      // The others would take what it writes from then on for known already; AD stops its replication for that.
      if kind == .rollBack && siblings.count > 1 { return }
      await forest.goBack(controller, isRestore: kind == .restoreController)
      // Once new writes have overtaken the numbers of before, a rollback cannot be told any more.
      simulation.require(.seconds(25 * 3600))
    case .directoryFault:
      simulation.figures.directoryFaults += 1
      let faults: [DirectoryFault] = [.dropAfter(randomness.below(8)), .rejectCookies, .repeats]
      guard let fault = randomness.pick(faults) else { return }
      simulation.note("  \(fault)")
      await forest.inject(fault, at: controller)
      if randomness.chance(50) {
        await simulation.run()
        await forest.endFaults()
      }
    case .sinkFaults:
      let isOn = randomness.chance(75)
      for cloud in simulation.clouds { cloud.sink.use(isOn ? plan.sinkFaults : .none) }
    case .sinkLoss, .sinkDrift: disturbSink(kind)
    case .changeConfiguration: await changeConfiguration(at: controller)
    case .reconcile:
      let isRepairing = randomness.chance(50)
      simulation.note(isRepairing ? "  with repair" : "  without repair")
      await simulation.reconcile(isRepairing: isRepairing)
    case .reset: await reset()
    case .diskFull:
      simulation.figures.storeFaults += 1
      simulation.life.fillDisk(after: randomness.below(30), lasting: randomness.between(1, 20))
    case .clockJump:
      // An hour is what the judge of withdrawals allows for.
      let jump = Duration.seconds(randomness.between(-3500, 3500)) - simulation.clock.offset
      simulation.note("  by \(jump)")
      simulation.clock.jump(by: jump)
      // A wrong clock ends a membership too early.
      if hasTimed { simulation.voidEvidence() }
    case .advance: await simulation.advance(by: .seconds(randomness.between(1, 7200)))
    case .leapDays: await simulation.advance(by: .seconds(86_400 * randomness.between(1, 5)))
    default: break
    }
  }

  /// Nil for all of them.
  private mutating func someDomain() -> Int? {
    guard plan.second != nil, randomness.chance(60) else { return nil }
    return randomness.below(2)
  }

  /// Somebody else takes away or changes what is ours in a sink; only a reconcile can find out.
  private mutating func disturbSink(_ kind: OperationKind) {
    guard let cloud = randomness.pick(simulation.clouds) else { return }
    let index = randomness.below(1000)
    guard let disturbed = kind == .sinkLoss ? cloud.sink.lose(index) : cloud.sink.spoil(index, homes: homes) else {
      return
    }
    if kind == .sinkLoss, let guid = disturbed.guid { cloud.forget(guid) }
    simulation.note("  \(disturbed.remoteID) of \(cloud.configuration.name)")
    simulation.voidEvidence()
    simulation.requireReconcile()
  }

  private mutating func reset() async {
    guard let cloud = randomness.pick(simulation.clouds) else { return }
    let resets = Set(Reset.allCases.filter { _ in randomness.chance(40) })
    simulation.note("  \(resets.map(\.rawValue).sorted()) of \(cloud.configuration.name)")
    await simulation.reset(resets, of: cloud)
  }
}
