import ADSimulator
import Model

/// Kills the engine at its first step, its second, and so on, in a run that carries over one event, until a run is not
/// killed any more. After each kill all must come to rest as if nothing had happened.
package struct CrashPoints: Sendable {
  package struct Report: Sendable {
    package var points = 0
    package var failures: [String] = []
  }

  let event: CrashEvent
  let seed: UInt64
  let stride: Int
  /// Kill the run that recovers, too.
  let isDeep: Bool

  package init(_ event: CrashEvent, seed: UInt64, stride: Int = 1, isDeep: Bool = false) {
    self.event = event
    self.seed = seed
    self.stride = stride
    self.isDeep = isDeep
  }

  package func run() async throws -> Report {
    var report = Report()
    for moment in [KillSwitch.Moment.before, .after] {
      var step = 1
      while try await isKilled(at: step, moment, &report) { step += stride }
    }
    return report
  }

  private func isKilled(at step: Int, _ moment: KillSwitch.Moment, _ report: inout Report) async throws -> Bool {
    let world = try Simulation(seed: seed)
    if event != .firstRun { try await world.settle() }
    world.carryOut(event)
    let killSwitch = KillSwitch(at: step, moment)
    await world.runOnce(isFaulty: false, until: killSwitch)
    if isDeep { await world.runOnce(isFaulty: false, until: KillSwitch(at: 1 + step % 7, moment)) }
    try await world.settle()
    report.points += 1
    report.failures += world.figures.failures.map { "\(event) of seed \(seed), step \(step) \(moment): \($0)" }
    return killSwitch.isDead && report.failures.isEmpty
  }
}

/// One thing that happens in a directory.
package enum CrashEvent: String, Sendable, CaseIterable {
  case firstRun, createUser, createGroup, modify, clear, rename, move, renameUnit, moveUnit, deleteUser, deleteUnit
  case deleteGroup, deleteAndRestore, addMember, removeMember, nestGroup, changePrimaryGroup, disable, expire
  case failOver, restoreFromBackup, expunge
}

extension Simulation {
  /// To the first objects that will do. What the directory refuses is left out.
  func carryOut(_ event: CrashEvent) {
    try? attempt(event)
    domain.replicateAll()
  }

  private func attempt(_ event: CrashEvent) throws {
    let controller = domain.controllers[0]
    let user = population.users[0]
    let group = population.groups[population.groups.count - 1]
    let unit = population.units[population.units.count - 1]
    switch event {
    case .firstRun: break
    case .createUser: try population.makeUser(domain, in: population.units[0], at: controller)
    case .createGroup: try population.makeGroup(domain, in: population.units[0], at: controller)
    case .modify: try domain.modify(user, "title", "Changed", at: controller)
    case .clear: try domain.modify(user, "title", nil, at: controller)
    case .rename: try domain.place(user, name: "Renamed", at: controller)
    case .move: for user in population.users { try domain.place(user, in: domain.usersContainer, at: controller) }
    case .renameUnit: try domain.place(population.units[0], name: "Renamed", at: controller)
    case .moveUnit: try domain.place(unit, in: domain.root, at: controller)
    case .deleteUser: try domain.deleteTree(user, at: controller)
    case .deleteUnit: if !isAboveScope(unit) { try domain.deleteTree(unit, at: controller) }
    case .deleteGroup: if !isAboveScope(group) { try domain.deleteTree(group, at: controller) }
    case .deleteAndRestore:
      try domain.deleteTree(user, at: controller)
      try domain.restore(user, at: controller)
    case .addMember: for user in population.users { try? domain.addMember(user, to: group, at: controller) }
    case .removeMember:
      for group in population.groups {
        for user in population.users { try? domain.removeMember(user, from: group, at: controller) }
      }
    case .nestGroup: try domain.addMember(group, to: population.groups[0], at: controller)
    case .changePrimaryGroup:
      try domain.addMember(user, to: group, at: controller)
      try domain.setPrimaryGroup(user, group, at: controller)
    case .disable: try domain.modify(user, "userAccountControl", "514", at: controller)
    case .expire: try domain.modify(user, "accountExpires", "1", at: controller)
    case .failOver:
      try domain.modify(user, "title", "Changed", at: controller)
      domain.replicateAll()
      if domain.controllers.count > 1 { domain.stop(controller) }
    case .restoreFromBackup:
      let backup = domain.snapshot(of: controller)
      try domain.modify(user, "title", "Changed", at: controller)
      domain.replicateAll()
      domain.restoreFromBackup(controller, to: backup)
    case .expunge: domain.expunge(user)
    }
  }
}
