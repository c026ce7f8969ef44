import ADSimulator
import Engine
import Model
import Oracle

extension Simulation {
  static func scope(
    _ plan: SimulationPlan,
    _ population: Population,
    _ random: inout SeededGenerator
  ) -> (roots: [GUID], excluded: [GUID]) {
    let roots: [GUID] =
      switch plan.mode {
      case 0: []
      case 1: Array(population.groups.prefix(2))
      default: Array(population.units.prefix(2))
      }
    guard plan.hasExclusion else { return (roots, []) }
    let excluded = random.chance(50) ? population.units.last : population.groups.last
    return (roots, [excluded].compactMap { $0 }.filter { !roots.contains($0) })
  }

  static func configuration(
    _ plan: SimulationPlan,
    _ domain: SimulatedDomain,
    _ roots: [GUID],
    _ excluded: [GUID]
  ) throws -> Configuration {
    let names = roots.compactMap { domain.distinguishedName(of: $0) }
    let mode: Scope.Mode =
      switch plan.mode {
      case 0: .all
      case 1: .groups(names, nested: plan.isNested)
      default: .organizationalUnits(names)
      }
    return Configuration(
      name: "cloud",
      domain: "corp.example.test",
      isEnabled: true,
      interval: .seconds(120),
      scope: Scope(mode: mode, excluded: excluded.compactMap { domain.distinguishedName(of: $0) }, kinds: plan.kinds),
      mapping: SimulationPlan.mapping,
      onLeaveScope: plan.leaving,
      sendsNestedGroups: true
    )
  }

  func oracle(on state: [LiveObject]) -> Oracle {
    let live = state.map { object in
      Oracle.Entry(
        guid: object.guid,
        objectClass: object.objectClass,
        name: object.name,
        parent: object.parent,
        relativeID: object.sid?.relativeIdentifier,
        primaryGroup: object.primaryGroupRID,
        texts: object.texts,
        members: object.members
      )
    }
    let rule: Oracle.Rule =
      switch plan.mode {
      case 0: .everyone
      case 1: .groups(roots, nested: plan.isNested)
      default: .units(roots)
      }
    return Oracle(
      live,
      rule: rule,
      excluded: Set(excluded),
      includesUnits: plan.includesUnits,
      domain: configuration.domain,
      now: domain.now
    )
  }
}
