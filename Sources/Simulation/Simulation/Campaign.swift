/// Many seeds, some at the same time.
package struct Campaign: Sendable {
  private let seeds: Int
  private let operations: Int
  private let first: UInt64
  private let jobs: Int
  private let options: SimulationOptions

  package init(seeds: Int, operations: Int, first: UInt64 = 1, jobs: Int = 2, options: SimulationOptions = .init()) {
    self.seeds = seeds
    self.operations = operations
    self.first = first
    self.jobs = jobs
    self.options = options
  }

  /// - Parameter progress: called after each seed with how many are done.
  package func run(progress: (Int, SimulationOutcome) -> Void = { _, _ in }) async -> CampaignReport {
    let clock = ContinuousClock()
    let start = clock.now
    var report = CampaignReport()
    await withTaskGroup(of: SimulationOutcome.self) { group in
      var started = 0
      func startNext() {
        guard started < seeds else { return }
        let seed = first + UInt64(started)
        started += 1
        group.addTask { [operations, options] in
          var simulation = SeededSimulation(seed: seed, operations: operations, options: options)
          return await simulation.run()
        }
      }
      for _ in 0..<max(1, jobs) { startNext() }
      for await outcome in group {
        startNext()
        report.figures += outcome.figures
        if !outcome.violations.isEmpty { report.failedSeeds.append(outcome.seed) }
        progress(report.figures.seeds, outcome)
      }
    }
    report.failedSeeds.sort()
    report.duration = clock.now - start
    return report
  }
}

package struct CampaignReport: Sendable, CustomStringConvertible {
  package var figures = Figures()
  package var failedSeeds: [UInt64] = []
  package var duration: Duration = .zero

  package var description: String {
    let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    let rate = seconds > 0 ? Double(figures.seeds) / seconds : 0
    func count(_ kind: Violation.Kind) -> Int { figures.violations[kind] ?? 0 }
    var lines = [
      "seeds                      \(figures.seeds), failed \(failedSeeds.count)",
      "operations                 \(figures.operations), refused writes \(figures.refused)",
      "runs                       \(figures.runs), rests \(figures.rests), sink requests \(figures.requests)",
      "faults                     \(figures.sinkFaults) of sinks, \(figures.directoryFaults) of the directory, \(figures.storeFaults) of the store",
      "kills                      \(figures.kills)",
      "domain controllers stopped \(figures.stops)",
      "standing still on purpose  \(figures.standstills)",
      "divergences                \(count(.divergence))",
      "wrong deletes              \(count(.wrongDelete))",
      "duplicates                 \(count(.duplicate))",
      "requests after quiescence  \(count(.unrest))",
      "never quiet                \(count(.neverQuiet))",
      "misuse of the sink         \(count(.misuse))",
      "changes without base       \(count(.changeWithoutBase))",
      "wall time                  \((seconds * 10).rounded() / 10) s, \((rate * 10).rounded() / 10) seeds a second",
    ]
    if !failedSeeds.isEmpty {
      lines.append("failed seeds               \(failedSeeds.prefix(20).map(String.init).joined(separator: " "))")
    }
    return lines.joined(separator: "\n")
  }
}
