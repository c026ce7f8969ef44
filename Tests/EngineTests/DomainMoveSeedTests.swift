import Engine
import Model
import TestSupport
import Testing

@Suite("Moves between domains at random", .timeLimit(.minutes(2)))
struct DomainMoveSeedTests {
  @Test("delete and make nobody who lives, and end as the directories say", arguments: 1...60)
  func random(_ seed: Int) async throws {
    var random = Dice(seed: UInt64(seed))
    let world = try await wandered(&random, sharingSink: true)

    let living = await living(world)
    let deleted = Set(world.operations.filter { $0.action.name == "delete" }.map(\.guid))
    #expect(deleted.isDisjoint(with: living), "seed \(seed)")
    let created = world.operations.filter { $0.action.name == "create" && !$0.mayHaveApplied }
    #expect(created.isEmpty, "seed \(seed)")
    #expect(world.left.sink.misuse.isEmpty)
    #expect(Set(world.left.sink.held.map(\.resource.externalID)) == living, "seed \(seed)")
    for group in Self.groups {
      let expected = await members(of: group, world)
      #expect(world.left.sink.held(group)?.members == expected, "seed \(seed) \(group)")
    }
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty, "seed \(seed)")
  }

  @Test("end as the directories say in a sink for each", arguments: 1...60)
  func twoSinks(_ seed: Int) async throws {
    var random = Dice(seed: UInt64(seed))
    let world = try await wandered(&random, sharingSink: false)
    for side in [world.left, world.right] {
      let living = await living(side)
      #expect(Set(side.sink.held.map(\.resource.externalID)) == living, "seed \(seed)")
      for group in Self.groups where living.contains(group) {
        let expected = await side.directory.node(group)?.members.intersection(living)
        #expect(side.sink.held(group)?.members == expected, "seed \(seed) \(group)")
      }
    }
    world.forgetOperations()
    try await world.settle()
    #expect(world.operations.isEmpty, "seed \(seed)")
  }

  private func wandered(_ random: inout Dice, sharingSink: Bool) async throws -> TwoDomains {
    let life = Life()
    let world = TwoDomains(sharingSink: sharingSink, store: DyingStore(MemoryStore(), life))
    await world.populate()
    for number in [UInt32(11), 51] {
      let sid = world.right.directory.domainSID.account(number)
      _ = await world.left.directory.create(100 + number, .foreignSecurityPrincipal, "S-\(number)", sid: sid)
    }
    try await world.runBoth()
    world.forgetOperations()
    for _ in 0..<60 { try await step(world, life, &random) }
    try await world.settle()
    try await world.settle()
    return world
  }

  private static let users = [UInt32(11), 12, 51].map(GUID.numbered)
  private static let groups = [UInt32(30), 60].map(GUID.numbered)

  private func step(_ world: TwoDomains, _ life: Life, _ random: inout Dice) async throws {
    let sides = [world.left, world.right]
    let turn = random.below(2)
    let (from, to) = (sides[turn], sides[1 - turn])
    let anyone = (Self.users + Self.groups)[random.below(5)]
    switch random.below(14) {
    case 0, 1, 2: await world.move(anyone, from: from, to: to)
    case 3: await from.directory.set(Self.users[random.below(3)], "title", "Title \(random.below(5))")
    case 4, 5, 6: await changeMember(world, &random)
    case 7 where random.below(6) == 0: await from.directory.delete(Self.users[random.below(3)])
    case 7, 8, 9, 10: try await world.run(from)
    case 11: try await world.run(from, full: true)
    case 12: try await world.refresh(from)
    case 13 where random.below(2) == 0:
      life.dieAfter(writes: 1 + random.below(8))
      try? await world.run(from, full: random.below(3) == 0)
      life.revive()
    default: world.time.advance(by: .seconds(random.below(3000)))
    }
  }

  private func changeMember(_ world: TwoDomains, _ random: inout Dice) async {
    let group = Self.groups[random.below(2)]
    let member = (Self.users + [.numbered(111), .numbered(151)])[random.below(5)]
    for side in [world.left, world.right] where await side.directory.node(group) != nil {
      if random.below(2) == 0 {
        await side.directory.addMember(member, to: group)
      } else {
        await side.directory.removeMember(member, from: group)
      }
    }
  }

  private func living(_ world: TwoDomains) async -> Set<GUID> {
    await living(world.left).union(await living(world.right))
  }

  private func living(_ side: TwoDomains.Side) async -> Set<GUID> {
    var living: Set<GUID> = []
    for guid in Self.users + Self.groups {
      if await side.directory.node(guid)?.isDeleted == false { living.insert(guid) }
    }
    return living
  }

  private func members(of group: GUID, _ world: TwoDomains) async -> Set<GUID> {
    let living = await living(world)
    var members: Set<GUID> = []
    for side in [world.left, world.right] {
      for member in await side.directory.node(group)?.members ?? [] where living.contains(member) {
        members.insert(member)
      }
    }
    guard let onTheLeft = await world.left.directory.node(group)?.members else { return members }
    for number in [UInt32(11), 51] where onTheLeft.contains(.numbered(100 + number)) {
      // Its SID is that of a user on the right for as long as the user is there.
      if await world.right.directory.node(.numbered(number))?.isDeleted == false { members.insert(.numbered(number)) }
    }
    return members
  }
}

/// Numbers that look random and are the same each time.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
