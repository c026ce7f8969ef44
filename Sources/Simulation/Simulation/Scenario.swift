import ADSimulator
package import Model
import Oracle

/// A small domain with one agent and one sink, on which a script acts; the same at each start.
package final class Stage {
  package let simulation: Simulation
  package let forest: SimulatedForest
  package private(set) var guids: [String: GUID] = [:]

  /// - Parameter mode: `groups` by the group Team, `units` by the unit Sales, or all.
  package init(
    _ mode: SeedPlan.Mode,
    leaving: LeavingPolicy = .disable,
    controllers: Int = 1,
    hasRecycleBin: Bool = true
  )
    async
  {
    let start = Timestamp(milliseconds: 1_800_000_000_000)
    var options = SimulatedDomain.Options()
    options.controllers = controllers
    options.recycleBin = hasRecycleBin
    options.pageObjects = 4
    forest = SimulatedForest([SimulatedDomain(options, domainSID: .simulated, at: start)])
    simulation = Simulation(forest, time: SimulatedTime(start: start))
    await populate()
    await addCloud(mode, leaving)
  }

  package subscript(name: String) -> GUID { guids[name] ?? forest.root(of: 0) }

  private func populate() async {
    for unit in ["Sales", "Finance"] { await create(.organizationalUnit, unit, in: forest.root(of: 0)) }
    for (user, unit) in [("ann", "Sales"), ("bob", "Sales"), ("eve", "Finance"), ("joe", "Finance")] {
      await create(.user, user, in: self[unit])
    }
    for group in ["Team", "Inner"] { await create(.group, group, in: self["Sales"]) }
    await write(.addMember(self["ann"], to: self["Team"], lasting: nil))
    await write(.addMember(self["Inner"], to: self["Team"], lasting: nil))
    await write(.addMember(self["eve"], to: self["Inner"], lasting: nil))
    await forest.replicateAll()
  }

  private func addCloud(_ mode: SeedPlan.Mode, _ leaving: LeavingPolicy) async {
    let state = await forest.state(at: 0)
    let base: GUID? =
      switch mode {
      case .all: nil
      case .groups: self["Team"]
      case .units: self["Sales"]
      }
    let names = base.flatMap { state.name(of: $0) }.map { [$0] } ?? []
    let scope: Scope =
      switch mode {
      case .all: Scope(mode: .all, kinds: [.user, .group])
      case .groups(let nested): Scope(mode: .groups(names, nested: nested), kinds: [.user, .group])
      case .units: Scope(mode: .organizationalUnits(names), kinds: [.user, .group, .organizationalUnit])
      }
    simulation.add(Cloud(named: "cloud", scope, bases: base.map { [$0] } ?? [], leaving: leaving))
  }

  package func create(_ objectClass: ObjectClass, _ name: String, in parent: GUID, at controller: Int = 0) async {
    let attributes: [AttributeName: String] =
      objectClass == .organizationalUnit ? [:] : ["sAMAccountName": name, "title": "Clerk"]
    guids[name] = await forest.write(
      .create(objectClass, name: name, in: parent, attributes: attributes),
      at: controller
    )
  }

  package func write(_ change: DirectoryWrite, at controller: Int = 0) async {
    if await forest.write(change, at: controller) == nil {
      simulation.add(Violation(kind: .misuse, detail: "refused: \(change)"))
    }
  }
}

extension SID {
  static var simulated: SID { ofDomain(1) }
  static var simulatedBeside: SID { ofDomain(9) }

  private static func ofDomain(_ number: UInt8) -> SID {
    let bytes: [UInt8] = [1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, number, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]
    guard let sid = SID(bytes: bytes) else {
      preconditionFailure("a well-formed SID")
    }
    return sid
  }
}

/// A change, in the middle of whose way to the cloud the process is to die.
package struct Scenario: Sendable, CustomStringConvertible {
  package let description: String
  let stage: @Sendable () async -> Stage
  /// Whether the cloud holds the first state already when the change comes.
  let isAtRest: Bool
  let change: @Sendable (Stage) async -> Void

  package init(
    _ description: String,
    isAtRest: Bool = true,
    on stage: @escaping @Sendable () async -> Stage,
    _ change: @escaping @Sendable (Stage) async -> Void
  ) {
    self.description = description
    self.isAtRest = isAtRest
    self.stage = stage
    self.change = change
  }

  /// Lets the process die at each of the given steps of the run, and then each of its successors that many steps later.
  ///
  /// - Returns: what went wrong; nil when the last run did not get so far.
  package func play(dyingAt deaths: [Int]) async -> [Violation]? {
    let stage = await stage()
    if isAtRest { await stage.simulation.rest() }
    await change(stage)
    for death in deaths {
      stage.simulation.life.die(at: death)
      let kills = stage.simulation.figures.kills
      await stage.simulation.run()
      if stage.simulation.figures.kills == kills { return nil }
    }
    await stage.simulation.rest()
    return stage.simulation.violations
  }
}
