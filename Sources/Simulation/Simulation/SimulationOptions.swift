import ADSimulator
package import Model

/// What is decided for all seeds of a campaign.
package struct SimulationOptions: Sendable {
  /// Kinds of operations that are left out.
  package var without: Set<OperationKind>
  package var makeForest: @Sendable (SeedPlan, Timestamp, UInt64) -> any Forest

  package init(
    without: Set<OperationKind> = OperationKind.acrossDomains,
    makeForest: @escaping @Sendable (SeedPlan, Timestamp, UInt64) -> any Forest = { plan, start, seed in
      var options = SimulatedDomain.Options()
      options.controllers = plan.controllers
      options.recycleBin = plan.hasRecycleBin
      options.pageObjects = plan.pageSize
      options.mergesVectors = seed.isMultiple(of: 2)
      options.seed = seed
      var domains = [SimulatedDomain(options, domainSID: .simulated, at: start)]
      if let second = plan.second {
        options.domain = second.name
        options.controllers = second.controllers
        options.seed = ~seed
        domains.append(SimulatedDomain(options, domainSID: .simulatedBeside, at: start))
      }
      return SimulatedForest(domains)
    }
  ) {
    self.without = without
    self.makeForest = makeForest
  }

  /// What the first simulations did not know yet; seeds that failed then fail only without it.
  package static let later: Set<OperationKind> = [
    .hide, .sinkLoss, .sinkDrift, .changeConfiguration, .reconcile, .reset, .clockJump, .diskFull, .moveAcross,
    .foreignMember,
  ]

  func weights(hasTwoDomains: Bool) -> [(choice: OperationKind, weight: Int)] {
    let left = hasTwoDomains ? without : without.union(OperationKind.acrossDomains)
    return OperationKind.allCases.map { ($0, left.contains($0) ? 0 : $0.weight) }
  }
}

package struct SimulationOutcome: Sendable {
  package let seed: UInt64
  package let figures: Figures
  package let violations: [Violation]
  package let trace: [String]
}
