import Model
import Oracle

/// What happens in the directory.
extension SeededSimulation {
  @discardableResult
  mutating func write(_ change: DirectoryWrite, at controller: Int) async -> GUID? {
    let guid = await simulation.forest.write(change, at: controller)
    simulation.note("  dc\(controller + 1): \(change)\(guid == nil ? " (refused)" : "")")
    if guid == nil { simulation.figures.refused += 1 }
    switch change {
    case .addMember(let member, let group, _): memberships.insert(.init(group: group, member: member))
    case .setPrimaryGroup(let user, _):
      for group in populations.flatMap(\.groups) { memberships.insert(.init(group: group, member: user)) }
    default: break
    }
    return guid
  }

  mutating func createUser(at controller: Int) async {
    let domain = simulation.forest.domain(of: controller)
    let (name, attributes) = populations[domain].person(&randomness)
    guard let parent = randomness.pick(populations[domain].units) else { return }
    if let guid = await write(.create(.user, name: name, in: parent, attributes: attributes), at: controller) {
      populations[domain].users.append(guid)
    }
  }

  mutating func createGroup(at controller: Int) async {
    let domain = simulation.forest.domain(of: controller)
    let number = populations[domain].nextNumber()
    guard let parent = randomness.pick(populations[domain].units) else { return }
    let attributes: [AttributeName: String] = [
      "sAMAccountName": "g\(number)", "groupType": plan.second == nil ? "-2147483646" : "-2147483640",
    ]
    if let guid = await write(
      .create(.group, name: "Group \(number)", in: parent, attributes: attributes),
      at: controller
    ) {
      populations[domain].groups.append(guid)
    }
  }

  mutating func createUnit(at controller: Int) async {
    let domain = simulation.forest.domain(of: controller)
    let number = populations[domain].nextNumber()
    guard let parent = randomness.pick(populations[domain].units) else { return }
    if let guid = await write(
      .create(.organizationalUnit, name: "Unit \(number)", in: parent, attributes: [:]),
      at: controller
    ) {
      populations[domain].units.append(guid)
    }
  }

  mutating func perform(_ kind: OperationKind) async {
    simulation.note("\(kind.rawValue)")
    let forest = simulation.forest
    let controller = randomness.pick(forest.controllers) ?? 0
    let domain = forest.domain(of: controller)
    let user = randomness.pick(populations[domain].users)
    let group = randomness.pick(populations[domain].groups)
    let unit = randomness.pick(Array(populations[domain].units.dropFirst()))
    let number = populations[domain].nextNumber()
    switch kind {
    case .createUser: await createUser(at: controller)
    case .createGroup: await createGroup(at: controller)
    case .createUnit: await createUnit(at: controller)
    case .modify:
      guard let user, let name = randomness.pick(Population.texts) else { return }
      if randomness.chance(10) {
        await write(.set(user, "userPrincipalName", "u\(number)@corp.example.test"), at: controller)
      } else {
        await write(.set(user, name, populations[domain].value(&randomness)), at: controller)
      }
    case .clear:
      guard let user, let name = randomness.pick(Population.texts + ["userPrincipalName"]) else { return }
      await write(.set(user, name, nil), at: controller)
    case .rename:
      if randomness.chance(70) {
        if let user { await write(.rename(user, "User \(number)"), at: controller) }
      } else if let group {
        await write(.rename(group, "Group \(number)"), at: controller)
      }
    case .move:
      guard let object = randomness.chance(80) ? user : group, let parent = randomness.pick(populations[domain].units)
      else {
        return
      }
      await write(.move(object, to: parent), at: controller)
    case .renameUnit: if let unit { await write(.rename(unit, "Unit \(number)"), at: controller) }
    case .moveUnit:
      guard let unit, let parent = randomness.pick(populations[domain].units) else { return }
      await write(.move(unit, to: parent), at: controller)
    case .deleteTree:
      guard let unit, mayGo(unit) else { return }
      if await write(.deleteTree(unit), at: controller) != nil { noteDeletion(of: unit, in: domain) }
    case .addMember:
      if let user, let group { await write(.addMember(user, to: group, lasting: nil), at: controller) }
    case .timedMember:
      guard let user, let group else { return }
      // A standing membership that is given an end, which passes before anybody reads it, ends without a word.
      simulation.require(.seconds(25 * 3600))
      hasTimed = true
      if simulation.clock.offset != .zero { simulation.voidEvidence() }
      let lifetime = Duration.seconds(randomness.between(60, 20_000))
      await write(.addMember(user, to: group, lasting: lifetime), at: controller)
    case .legacyMember:
      // A value that once had a stamp of its own never becomes a legacy one.
      guard let user, let group, !memberships.contains(.init(group: group, member: user)) else { return }
      await write(.addLegacyMember(user, to: group), at: controller)
    case .nestGroup:
      guard let group, let inner = randomness.pick(populations[domain].groups), inner != group else { return }
      await write(.addMember(inner, to: group, lasting: nil), at: controller)
    case .removeMember: await removeSomeMember(of: group, at: controller)
    case .delete:
      guard let object = randomness.chance(80) ? user : group, mayGo(object) else { return }
      if await write(.delete(object), at: controller) != nil { noteDeletion(of: object, in: domain) }
    case .restore:
      // At the end of its lifetime one domain controller restores it while another forgets it.
      guard let (object, date) = randomness.pick(populations[domain].deleted),
        simulation.time.now() - date < .seconds(30 * 86_400)
      else { return }
      await write(.restore(object), at: controller)
    case .primaryGroup: if let user, let group { await write(.setPrimaryGroup(user, group), at: controller) }
    case .toggleAccount:
      guard let user else { return }
      await write(.set(user, "userAccountControl", randomness.chance(50) ? "514" : "512"), at: controller)
    case .expireAccount: if let user { await expire(user, at: controller) }
    case .swapNames: await swapNames(in: domain, at: controller)
    case .expunge:
      guard let user, !hasExpunged, mayGo(user), await write(.expunge(user), at: controller) != nil else { return }
      hasExpunged = true
      for cloud in simulation.clouds { cloud.noteSilence(user) }
      // It would come back from a backup, to one domain controller only.
      hasSnapshot = []
      simulation.require(.seconds(25 * 3600))
    case .hide:
      if let hidden = populations[domain].hidden.popLast() {
        await write(.show(hidden), at: controller)
      } else if let user, mayGo(user), await write(.hide(user), at: controller) != nil {
        populations[domain].hidden.append(user)
      }
      simulation.require(.seconds(25 * 3600))
      simulation.voidEvidence()
    case .moveAcross: await moveAcross(to: domain, at: controller)
    case .foreignMember: await addForeignMember(in: domain, at: controller)
    default: await performAround(kind, controller)
    }
  }

  private mutating func noteDeletion(of guid: GUID, in domain: Int) {
    noteSilence(of: guid)
    populations[domain].deleted.append((guid, simulation.time.now()))
  }

  private mutating func removeSomeMember(of group: GUID?, at controller: Int) async {
    guard let group else { return }
    let state = await simulation.forest.state(at: controller)
    guard let member = randomness.pick((state.objects[group]?.members ?? []).sorted()) else { return }
    await write(.removeMember(member, from: group), at: controller)
  }

  private mutating func expire(_ user: GUID, at controller: Int) async {
    let date = simulation.time.now().milliseconds + Int64(randomness.between(-100_000, 20_000)) * 1000
    let fileTime = (date + 11_644_473_600_000) * 10_000
    let value = randomness.chance(30) ? "\(Int64.max)" : "\(fileTime)"
    await write(.set(user, "accountExpires", value), at: controller)
  }

  /// Two accounts exchange their names, one after the other.
  private mutating func swapNames(in domain: Int, at controller: Int) async {
    let state = await simulation.forest.state(at: controller)
    guard let first = randomness.pick(populations[domain].users),
      let second = randomness.pick(populations[domain].users),
      first != second
    else { return }
    let names = [first, second].map { state.objects[$0]?.attributes["userprincipalname"]?.first }
    guard let one = names[0], let other = names[1] else { return }
    await write(.set(first, "userPrincipalName", nil), at: controller)
    await write(.set(second, "userPrincipalName", String(decoding: one, as: UTF8.self)), at: controller)
    await write(.set(first, "userPrincipalName", String(decoding: other, as: UTF8.self)), at: controller)
  }

  /// What a scope is built on goes seldom: from then on its configuration stands still.
  private mutating func mayGo(_ guid: GUID) -> Bool { !bases.contains(guid) || randomness.chance(5) }
}
