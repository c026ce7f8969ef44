import Simulation
import Testing

/// Seeds that once showed a fault of the engine; they stay for ever.
@Suite("Seeds that failed once")
struct KeptSeedTests {
  struct Seed: Sendable {
    let seed: UInt64
    /// Kinds of operations that the mix did not have then.
    var without: Set<OperationKind> = []
    let fault: String
  }

  static let seeds = [
    Seed(
      seed: 113,
      without: SimulationOptions.later,
      fault: "deleted and restored between two reads: the lost memberships of a reanimated tombstone were kept"
    ),
    Seed(seed: 139, without: SimulationOptions.later, fault: "the same, of a user in a group"),
    Seed(
      seed: 13,
      without: SimulationOptions.later,
      fault: "a group that waits to be read lost its members at once, and they their access"
    ),
    Seed(
      seed: 165,
      without: SimulationOptions.later,
      fault: "a membership noted before a kill was forgotten while its member was suspect in a full cycle"
    ),
    Seed(
      seed: 1_000_205,
      without: SimulationOptions.later,
      fault: "of the simulation: an object that left no tombstone came back from a backup, to one controller only"
    ),
    Seed(
      seed: 1_000_552,
      without: SimulationOptions.later,
      fault: "of the judge: it asked for the membership of one whose name another still held"
    ),
    Seed(
      seed: 2223,
      without: OperationKind.acrossDomains.union([.diskFull]),
      fault: "after a delete and a create without answers the old id was used, and the object counted as absent"
    ),
    Seed(
      seed: 1713,
      without: OperationKind.acrossDomains.union([.diskFull]),
      fault: "a reconcile settled values that it had not asked for"
    ),
    Seed(
      seed: 20705,
      without: OperationKind.acrossDomains,
      fault: "a reconcile held a membership for ended because the id of its member was not known"
    ),
  ]

  @Test("stay right", arguments: seeds)
  func stays(_ kept: Seed) async {
    let options = SimulationOptions(without: kept.without)
    var simulation = SeededSimulation(seed: kept.seed, operations: 500, options: options)
    let outcome = await simulation.run()
    #expect(outcome.violations.isEmpty, "\(kept.fault)")
  }
}
