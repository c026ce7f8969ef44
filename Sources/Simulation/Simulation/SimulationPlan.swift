import ADSimulator
import Engine
import Model
import Oracle

/// The shape of one simulated world, all of it drawn from the seed.
struct SimulationPlan: Sendable {
  var options = SimulatedDomain.Options()
  var mode = 0
  var isNested = true
  var hasExclusion = false
  var includesUnits = false
  var leaving = LeavingPolicy.disable
  var faultPerMille = 0
  var batchSize = 10
  var memberChunk = 5
  /// Comes to rest within hours; otherwise within days.
  var isHasty = true

  init(_ random: inout SeededGenerator) {
    options.controllers = 1 + random.below(3)
    options.recycleBin = random.chance(50)
    options.pageObjects = [3, 10, 1000][random.below(3)]
    options.mergesVectors = random.chance(50)
    options.seed = random.next()
    mode = random.below(3)
    isNested = random.chance(70)
    hasExclusion = random.chance(30)
    includesUnits = random.chance(40)
    leaving = [.disable, .delete, .keep][random.below(3)]
    faultPerMille = [0, 50, 200][random.below(3)]
    batchSize = [1, 4, 10][random.below(3)]
    memberChunk = [1, 3, 20][random.below(3)]
    isHasty = random.chance(70)
  }

  var kinds: Set<ResourceKind> { includesUnits ? Set(ResourceKind.allCases) : [.user, .group] }

  static let mapping = Mapping(rules: [
    .user: [
      MappingRule(.userPrincipalName, .userName), MappingRule(.accountEnabled, .active),
      MappingRule(.displayName, .displayName), MappingRule(.attribute("title"), "title"),
    ],
    .group: [MappingRule(.displayName, .displayName)],
    .organizationalUnit: [MappingRule(.name, .displayName), MappingRule(.parent, "parent")],
  ])
}

extension SeededGenerator {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
}
