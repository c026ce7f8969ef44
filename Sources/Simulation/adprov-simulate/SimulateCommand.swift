import ArgumentParser
import Simulation

@main
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adprov-simulate",
    abstract: "Run the engine against a simulated domain and cloud, seed by seed."
  )

  @Option(help: "How many seeds.")
  var seeds = 300
  @Option(help: "Operations for each seed.")
  var ops = 500
  @Option(help: "The first seed.")
  var firstSeed: UInt64 = 1
  @Option(help: "Seeds at once.")
  var jobs = 2
  @Option(help: "Run only this seed, and print what happens.")
  var replay: UInt64?

  func run() async throws {
    if let replay { return try await self.replay(replay) }
    let clock = ContinuousClock()
    let began = clock.now
    let report = try await Campaign(seeds: firstSeed..<(firstSeed + UInt64(seeds)), operations: ops, jobs: jobs)
      .run { seed, failures in
        print("seed \(seed): \(failures.joined(separator: "; "))")
        print("  replay: adprov-simulate --replay \(seed) --ops \(ops)")
      }
    print("\(report.summary) seconds=\((clock.now - began).components.seconds)")
    if !report.failedSeeds.isEmpty { throw ExitCode(1) }
  }

  private func replay(_ seed: UInt64) async throws {
    let simulation = try Simulation(seed: seed)
    let figures = try await simulation.run(operations: ops)
    for line in simulation.trace { print(line) }
    for failure in figures.failures { print("FAILURE: \(failure)") }
    for line in try await simulation.inspection() { print(line) }
    if !figures.failures.isEmpty { throw ExitCode(1) }
  }
}
