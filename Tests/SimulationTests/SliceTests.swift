import Foundation
import Simulation
import Testing

@Suite("The simulation")
struct SliceTests {
  private static func number(_ variable: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? standard
  }

  @Test("finds nothing wrong in a slice of seeds")
  func slice() async {
    let seeds = Self.number("ADPROV_SIMULATION_SEEDS", 300)
    let operations = Self.number("ADPROV_SIMULATION_OPS", 500)
    let report = await Campaign(seeds: seeds, operations: operations, first: 1).run()
    #expect(report.failedSeeds.isEmpty, "\(report)")
    #expect(report.figures.seeds == seeds)
    #expect(report.figures.requests > 0)
  }

  @Test("does the same with the same seed, to the byte", arguments: [3, 14, 159] as [UInt64])
  func deterministic(seed: UInt64) async {
    var first = SeededSimulation(seed: seed, operations: 150, isTraced: true)
    var second = SeededSimulation(seed: seed, operations: 150, isTraced: true)
    let traces = [await first.run().trace, await second.run().trace]
    #expect(!traces[0].isEmpty)
    #expect(traces[0] == traces[1])
  }
}
