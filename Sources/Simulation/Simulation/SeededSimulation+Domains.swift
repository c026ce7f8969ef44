import Model
import Oracle

/// What happens between two domains.
extension SeededSimulation {
  /// Beforehand some groups have members of the other domain.
  mutating func linkDomains() async {
    guard plan.second != nil else { return }
    for domain in populations.indices {
      guard let controller = simulation.forest.controllers(of: domain).first else { continue }
      for _ in 0..<randomness.below(6) { await addForeignMember(in: domain, at: controller) }
    }
    await simulation.forest.replicateAll()
  }

  /// The domain of each user and group, where there are two.
  var homes: [GUID: Int] {
    guard plan.second != nil else { return [:] }
    var homes: [GUID: Int] = [:]
    for (domain, population) in populations.enumerated() {
      for guid in population.users + population.groups { homes[guid] = domain }
    }
    return homes
  }

  mutating func addForeignMember(in domain: Int, at controller: Int) async {
    let others = populations[1 - domain]
    guard let group = randomness.pick(populations[domain].groups),
      let member = randomness.pick(randomness.chance(80) ? others.users : others.groups)
    else { return }
    await write(.addForeignMember(member, to: group), at: controller)
  }

  mutating func moveAcross(to domain: Int, at controller: Int) async {
    let former = 1 - domain
    let isUser = randomness.chance(75)
    guard let object = randomness.pick(isUser ? populations[former].users : populations[former].groups),
      let parent = randomness.pick(populations[domain].units),
      !bases.contains(object), !populations[former].hidden.contains(object),
      await write(.moveAcross(object, to: parent), at: controller) != nil
    else { return }
    noteSilence(of: object)
    simulation.noteMove(of: object, to: domain)
    wentAcross.insert(object)
    // It would come back from a backup, and be in both domains.
    hasSnapshot = []
    if isUser {
      populations[former].users.removeAll { $0 == object }
      populations[domain].users.append(object)
    } else {
      populations[former].groups.removeAll { $0 == object }
      populations[domain].groups.append(object)
      let members = await simulation.forest.state(at: controller).objects[object]?.members ?? []
      for member in members { memberships.insert(.init(group: object, member: member)) }
    }
  }

  /// Of one that went across and is gone from its new domain before anybody saw it, the former one never hears.
  mutating func noteSilence(of object: GUID) {
    guard plan.second != nil else { return }
    for cloud in simulation.clouds { cloud.noteSilence(object) }
    if wentAcross.contains(object) { simulation.require(.seconds(25 * 3600)) }
  }
}
