import Simulation
import Testing

/// Seeds that once showed a fault of the engine; they stay for ever.
@Suite("Seeds that failed once")
struct KeptSeedTests {
  static let seeds: [(seed: UInt64, fault: String)] = [
    (113, "deleted and restored between two reads: the lost memberships of a reanimated tombstone were kept"),
    (139, "the same, of a user in a group"),
    (13, "a group that waits to be read lost its members at once, and they their access"),
    (165, "a membership noted before a kill was forgotten while its member was suspect in a full cycle"),
  ]

  @Test("stay right", arguments: seeds)
  func stays(_ kept: (seed: UInt64, fault: String)) async {
    var simulation = SeededSimulation(seed: kept.seed, operations: 500)
    let outcome = await simulation.run()
    #expect(outcome.violations.isEmpty, "\(kept.fault)")
  }

  /// Not understood yet; whoever mends it moves the seed up.
  @Test("that still show a fault", arguments: [1_000_205, 1_000_552] as [UInt64])
  func open(_ seed: UInt64) async {
    var simulation = SeededSimulation(seed: seed, operations: 500)
    let outcome = await simulation.run()
    withKnownIssue { #expect(outcome.violations.isEmpty) }
  }
}
