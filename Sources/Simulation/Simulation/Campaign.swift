/// Many seeds, several at once.
package struct Campaign: Sendable {
  package struct Report: Sendable {
    package var seeds = 0
    package var figures = Simulation.Figures()
    package var failedSeeds: [UInt64] = []
    package var divergences = 0
    package var wrongWithdrawals = 0
    package var duplicates = 0

    package var summary: String {
      "seeds=\(seeds) operations=\(figures.operations) runs=\(figures.runs) requests=\(figures.requests)"
        + " checks=\(figures.checks) healed-by-full-read=\(figures.healedByFullRead) faults=\(figures.faults) kills=\(figures.kills) divergences=\(divergences)"
        + " wrong-withdrawals=\(wrongWithdrawals) duplicates=\(duplicates) failed-seeds=\(failedSeeds.count)"
    }

    mutating func add(_ seed: UInt64, _ one: Simulation.Figures) {
      seeds += 1
      figures.operations += one.operations
      figures.runs += one.runs
      figures.requests += one.requests
      figures.checks += one.checks
      figures.healedByFullRead += one.healedByFullRead
      figures.faults += one.faults
      figures.kills += one.kills
      guard !one.failures.isEmpty else { return }
      failedSeeds.append(seed)
      for failure in one.failures {
        if failure.hasPrefix("wrong") {
          wrongWithdrawals += 1
        } else if failure.hasPrefix("duplicate") || failure.hasPrefix("second create") {
          duplicates += 1
        } else {
          divergences += 1
        }
      }
    }
  }

  let seeds: Range<UInt64>
  let operations: Int
  let jobs: Int

  package init(seeds: Range<UInt64>, operations: Int, jobs: Int) {
    self.seeds = seeds
    self.operations = operations
    self.jobs = jobs
  }

  package func run(
    onFailure: @Sendable (_ seed: UInt64, _ failures: [String]) -> Void = { _, _ in }
  ) async throws -> Report {
    try await withThrowingTaskGroup(of: (UInt64, Simulation.Figures).self) { group in
      var report = Report()
      var next = seeds.lowerBound
      func startNext() {
        guard next < seeds.upperBound else { return }
        let seed = next
        next += 1
        group.addTask { (seed, try await Simulation(seed: seed).run(operations: operations)) }
      }
      for _ in 0..<max(1, jobs) { startNext() }
      for try await (seed, figures) in group {
        report.add(seed, figures)
        if !figures.failures.isEmpty { onFailure(seed, figures.failures) }
        startNext()
      }
      return report
    }
  }
}
