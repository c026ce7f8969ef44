import ADSimulator
import Engine
import Model

extension Simulation {
  /// One thing happens in the directory or to it. What the directory refuses has not happened.
  func step() {
    let controller = random.pick(domain.controllers) ?? domain.controllers[0]
    let dice = random.below(100)
    do {
      let what = try happen(dice, at: controller)
      note("\(what) at dc\(controller)")
    } catch {
      note("refused: \(error)")
    }
  }

  private func happen(_ dice: Int, at controller: SimulatedDomain.ControllerID) throws -> String {
    switch dice {
    case 0..<10: return try create(at: controller)
    case 10..<32: return try modify(at: controller)
    case 32..<42: return try place(at: controller)
    case 42..<66: return try changeMember(at: controller)
    case 66..<72: return try delete(at: controller)
    case 72..<77: return try restore(at: controller)
    case 77..<79: return try changePrimaryGroup(at: controller)
    case 79..<84: return try changeAccount(at: controller)
    case 84..<94:
      let target = random.pick(domain.controllers) ?? controller
      if target != controller { domain.replicate(from: controller, to: target) }
      return "replication"
    case 94..<97:
      let length = [60, 3600, 90_000][random.below(3)]
      domain.advance(by: .seconds(length))
      return "\(length) s pass"
    default: return changeController(controller)
    }
  }

  private func create(at controller: SimulatedDomain.ControllerID) throws -> String {
    let parent = population.place(domain, &random)
    switch random.below(10) {
    case 0..<6: try population.makeUser(domain, in: parent, at: controller)
    case 6..<8: try population.makeGroup(domain, in: parent, at: controller)
    default: try population.makeUnit(domain, in: parent, at: controller)
    }
    return "create"
  }

  private func modify(at controller: SimulatedDomain.ControllerID) throws -> String {
    guard let object = random.pick(random.chance(80) ? population.users : population.groups) else { return "nothing" }
    let attribute: AttributeName = ["title", "displayName", "description"][random.below(3)]
    let value = random.chance(20) ? nil : "value \(random.below(1000))"
    try domain.modify(object, attribute, value, at: controller)
    return "\(attribute) of \(object) becomes \(value ?? "nothing")"
  }

  private func place(at controller: SimulatedDomain.ControllerID) throws -> String {
    let kinds = [population.users, population.users, population.groups, population.units]
    guard let object = random.pick(kinds[random.below(4)]), isBound || !isAboveScope(object) else { return "nothing" }
    let name = random.chance(50) ? "Name \(random.chance(10) ? random.below(5) : population.nextNumber())" : nil
    let parent = name == nil || random.chance(30) ? population.place(domain, &random) : nil
    try domain.place(object, name: name, in: parent, at: controller)
    return "\(object) becomes \(name ?? "the same") in \(parent?.description ?? "the same place")"
  }

  private func changeMember(at controller: SimulatedDomain.ControllerID) throws -> String {
    let isNested = random.chance(15)
    guard let group = random.pick(population.groups),
      let member = random.pick(isNested ? population.groups : population.users), member != group
    else { return "nothing" }
    if random.chance(40) {
      try domain.removeMember(member, from: group, at: controller)
      return "\(member) leaves \(group)"
    }
    let lifetime: Duration? = random.chance(15) ? .seconds(600 + random.below(100_000)) : nil
    try domain.addMember(member, to: group, lasting: lifetime, isLegacy: random.chance(10), at: controller)
    return "\(member) enters \(group) for \(lifetime.map { "\($0)" } ?? "ever")"
  }

  private func delete(at controller: SimulatedDomain.ControllerID) throws -> String {
    let kinds = [population.users, population.users, population.groups, population.units]
    guard let object = random.pick(kinds[random.below(4)]), !isAboveScope(object) else { return "nothing" }
    try domain.deleteTree(object, at: controller)
    return "\(object) is deleted with all below"
  }

  /// The base of a scope stays, since without it everything stands still on purpose.
  func isAboveScope(_ object: GUID) -> Bool {
    domain.controllers.contains { controller in
      let live = domain.liveState(at: controller)
      let parents = Dictionary(uniqueKeysWithValues: live.map { ($0.guid, $0.parent) })
      return (roots + excluded).contains { root in
        var next: GUID? = root
        var steps = 0
        while let current = next, steps < 100 {
          if current == object { return true }
          next = parents[current] ?? nil
          steps += 1
        }
        return false
      }
    }
  }

  private func restore(at controller: SimulatedDomain.ControllerID) throws -> String {
    guard let object = random.pick(domain.deletedObjects(at: controller)) else { return "nothing" }
    try domain.restore(object, at: controller)
    return "\(object) is restored"
  }

  private func changePrimaryGroup(at controller: SimulatedDomain.ControllerID) throws -> String {
    guard let user = random.pick(population.users),
      let group = random.pick(population.groups + [domain.domainUsers])
    else { return "nothing" }
    if group != domain.domainUsers { try? domain.addMember(user, to: group, at: controller) }
    try domain.setPrimaryGroup(user, group, at: controller)
    return "\(group) becomes the primary group of \(user)"
  }

  private func changeAccount(at controller: SimulatedDomain.ControllerID) throws -> String {
    guard let user = random.pick(population.users) else { return "nothing" }
    if random.chance(60) {
      let control = random.chance(50) ? "514" : "512"
      try domain.modify(user, "userAccountControl", control, at: controller)
      return "userAccountControl of \(user) becomes \(control)"
    }
    let date = domain.now.milliseconds + Int64(random.below(200_000) - 50_000) * 1000
    let ticks = random.chance(30) ? "0" : "\((date + 11_644_473_600_000) * 10_000)"
    try domain.modify(user, "accountExpires", ticks, at: controller)
    return "\(user) expires at \(ticks)"
  }

  private func changeController(_ controller: SimulatedDomain.ControllerID) -> String {
    guard domain.controllers.count > 1 else { return "nothing" }
    if domain.isRunning(controller) {
      domain.stop(controller)
      return "stop"
    }
    domain.start(controller)
    return "start"
  }
}
