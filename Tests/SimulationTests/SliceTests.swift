import Foundation
import Simulation
import Testing

@Suite("The simulated world")
struct SliceTests {
  private static func number(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }

  @Test("comes to rest as the oracle says, seed by seed")
  func slice() async throws {
    let seeds = UInt64(Self.number("ADPROV_SIMULATION_SEEDS", 300))
    let operations = Self.number("ADPROV_SIMULATION_OPS", 500)
    let report = try await Campaign(seeds: 501..<(501 + seeds), operations: operations, jobs: 2).run { seed, failures in
      Issue.record("seed \(seed): \(failures.joined(separator: "; ")); adprov-simulate --replay \(seed)")
    }
    print(report.summary)
    #expect(report.failedSeeds.isEmpty)
    // More would mean that changes are missed which the directory does report.
    #expect(report.figures.healedByFullRead * 200 <= report.figures.checks)
    #expect(report.figures.kills > 0 && report.figures.faults > 0)
  }

  /// Seeds that failed once, kept for ever.
  @Test("comes to rest with the seeds that once showed a bug", arguments: [5, 36, 42, 79, 89, 444, 485] as [UInt64])
  func kept(_ seed: UInt64) async throws {
    let figures = try await Simulation(seed: seed).run(operations: 500)
    #expect(figures.failures.isEmpty)
  }

  /// Not understood yet: after a fail-over, someone who is in scope on every side is taken away for one run.
  @Test("has seeds that still show a bug", arguments: [243, 447] as [UInt64])
  func open(_ seed: UInt64) async throws {
    let figures = try await Simulation(seed: seed).run(operations: 500)
    withKnownIssue { #expect(figures.failures.isEmpty) }
  }

  @Test("is the same for the same seed")
  func determinism() async throws {
    let (first, second) = (try Simulation(seed: 7), try Simulation(seed: 7))
    _ = try await first.run(operations: 300)
    _ = try await second.run(operations: 300)
    #expect(first.trace == second.trace)
    #expect(first.trace.count > 300)
  }
}
