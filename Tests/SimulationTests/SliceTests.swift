import Simulation
import Testing

@Suite("The simulated world")
struct SliceTests {
  @Test("converges to what the oracle says, seed by seed")
  func slice() async throws {
    let report = try await Campaign(seeds: 1..<21, operations: 500, jobs: 2).run { seed, failures in
      Issue.record("seed \(seed): \(failures.joined(separator: "; "))")
    }
    #expect(report.failedSeeds.isEmpty)
  }
}
