import Logging
import Model

extension ConfigurationRunner {
  func assess(_ run: RunRecord?, _ counts: RunCounts, _ error: (any Error)?) async {
    switch error {
    case is CancellationError: return
    case let error?:
      failures += 1
      current.health = .failed(code: .init(error), reason: "\(error)")
      logger.error("run failed", metadata: ["reason": "\(error)"])
    case nil:
      failures = 0
      current.health = await trouble(run) ?? .healthy
      logger.info("run ended", metadata: counts.metadata)
    }
  }

  /// What failed stays so from run to run: a quiet run does not make it well.
  private func trouble(_ run: RunRecord?) async -> ConfigurationState.Health? {
    if let remaining = pause?.remaining(at: time.now()) {
      let seconds = remaining.milliseconds / 1000
      return .degraded(
        code: .sinkSlow,
        reason: "the sink asked for a pause of another \(seconds) s; changes wait"
      )
    }
    guard let run else { return nil }
    let stored = try? await store.read { store in
      (
        try store.counts(of: run.configuration),
        try store.configurations().first { $0.id == run.configuration }?.holdReason
      )
    }
    guard let (counts, reason) = stored else { return nil }
    if counts.held > 0 {
      return .degraded(
        code: .held,
        reason: """
          \(counts.held) operations are held until someone approves them (adprovctl holds \(configuration.name)): \
          \(reason ?? "")
          """
      )
    }
    if counts.failing > 0 {
      return .degraded(
        code: .escrow,
        reason: "\(counts.failing) objects or memberships could not be provisioned and wait for their repeat"
      )
    }
    guard isStalled else { return nil }
    return .degraded(
      code: .sinkSlow,
      reason: "\(counts.pending) changes wait, because the sink took none of them for a whole interval"
    )
  }
}
