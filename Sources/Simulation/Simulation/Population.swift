import ADSimulator
import Model

/// What there is to choose from: all that was ever made, by kind. Some of it is deleted by now, which the domain refuses.
struct Population: Sendable {
  private(set) var users: [GUID] = []
  private(set) var groups: [GUID] = []
  private(set) var units: [GUID] = []
  private var made = 0

  init(_ domain: SimulatedDomain, _ random: inout SeededGenerator) throws {
    let first = domain.controllers[0]
    for _ in 0..<(3 + random.below(3)) { try makeUnit(domain, in: place(domain, &random), at: first) }
    for _ in 0..<(3 + random.below(4)) { try makeGroup(domain, in: place(domain, &random), at: first) }
    for _ in 0..<(5 + random.below(20)) { try makeUser(domain, in: place(domain, &random), at: first) }
    for group in groups {
      for _ in 0..<random.below(6) {
        if let user = random.pick(users) { try? domain.addMember(user, to: group, at: first) }
      }
    }
  }

  func place(_ domain: SimulatedDomain, _ random: inout SeededGenerator) -> GUID {
    random.chance(20) ? domain.usersContainer : random.pick(units) ?? domain.root
  }

  mutating func makeUser(_ domain: SimulatedDomain, in parent: GUID, at controller: SimulatedDomain.ControllerID) throws
  {
    made += 1
    let attributes: [AttributeName: String] = [
      "sAMAccountName": "u\(made)", "userPrincipalName": "u\(made)@corp.example.test", "title": "Clerk",
    ]
    users.append(try domain.create(.user, name: "User \(made)", in: parent, attributes: attributes, at: controller))
  }

  mutating func makeGroup(_ domain: SimulatedDomain, in parent: GUID, at controller: SimulatedDomain.ControllerID)
    throws
  {
    made += 1
    groups.append(
      try domain.create(
        .group,
        name: "Group \(made)",
        in: parent,
        attributes: ["sAMAccountName": "g\(made)"],
        at: controller
      )
    )
  }

  mutating func makeUnit(_ domain: SimulatedDomain, in parent: GUID, at controller: SimulatedDomain.ControllerID) throws
  {
    made += 1
    units.append(try domain.create(.organizationalUnit, name: "Unit \(made)", in: parent, at: controller))
  }

  mutating func nextNumber() -> Int {
    made += 1
    return made
  }
}
