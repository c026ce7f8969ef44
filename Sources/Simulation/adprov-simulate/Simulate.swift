import ArgumentParser
import Glibc
import Simulation

@main
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adprov-simulate",
    abstract: "Runs the engine against a simulated domain and sink, and holds the result against the oracle."
  )

  @Option(help: "How many seeds to run.")
  var seeds = 300

  @Option(help: "Operations of each seed.")
  var ops = 500

  @Option(help: "The first seed; the others follow it.")
  var firstSeed: UInt64 = 1

  @Option(help: "Seeds at the same time.")
  var jobs = 2

  @Option(help: "Run this seed alone and print all that happens.")
  var replay: UInt64?

  @Option(help: "Kinds of operations to leave out, with commas between them.")
  var without = ""

  @Flag(help: "Give a third of the seeds a second domain, between which objects move.")
  var twoDomains = false

  @Option(help: "Print progress after so many seeds.")
  var progress = 500

  mutating func run() async throws {
    var options = SimulationOptions(without: twoDomains ? [] : OperationKind.acrossDomains)
    for word in without.split(separator: ",") {
      guard let kind = OperationKind(rawValue: String(word)) else {
        throw ValidationError(
          "no kind of operation is called '\(word)'; there are \(OperationKind.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      options.without.insert(kind)
    }
    if let replay {
      try await show(replay, options)
    } else {
      try await campaign(options)
    }
  }

  private func show(_ seed: UInt64, _ options: SimulationOptions) async throws {
    var simulation = SeededSimulation(seed: seed, operations: ops, options: options, isTraced: true)
    let outcome = await simulation.run()
    for line in outcome.trace { print(line) }
    print(
      outcome.violations.isEmpty
        ? "seed \(seed): nothing wrong" : "seed \(seed): \(outcome.violations.count) violations"
    )
    if !outcome.violations.isEmpty { throw ExitCode.failure }
  }

  private func campaign(_ options: SimulationOptions) async throws {
    let (every, ops, first) = (progress, ops, firstSeed)
    let withoutText = (twoDomains ? " --two-domains" : "") + (without.isEmpty ? "" : " --without \(without)")
    let report = await Campaign(seeds: seeds, operations: ops, first: first, jobs: jobs, options: options).run {
      done,
      outcome in
      if !outcome.violations.isEmpty {
        print("seed \(outcome.seed) failed:")
        for violation in outcome.violations.prefix(5) { print("  \(violation)") }
        print("  replay: adprov-simulate --replay \(outcome.seed) --ops \(ops)\(withoutText)")
      }
      if done % every == 0 { print("\(done) seeds done") }
      // So that a file shows it while it goes on.
      _ = fflush(nil)
    }
    print(report)
    if !report.failedSeeds.isEmpty { throw ExitCode.failure }
  }
}
