import ControlAPI
import ControlServer
import Engine
import FoundationEssentials
import Model
import Settings

/// What the daemon says about itself.
extension Backend {
  func health() async -> HealthReport {
    var reasons = problems.map {
      HealthReport.Reason(scope: .daemon, code: "settings", message: "\($0)")
    }
    // After a refused reload everything still runs, if not as the files say.
    var status: HealthReport.Status = problems.isEmpty ? .ok : isIncomplete ? .failed : .degraded
    for name in inForce.keys.sorted() {
      guard let state = await state(of: name) else { continue }
      switch state.health {
      case .healthy: break
      case .unknown:
        status = status.worse(.starting)
        reasons.append(
          .init(scope: .configuration, code: "starting", name: name, message: "the first run has not ended")
        )
      case .degraded(let code, let reason):
        status = status.worse(.degraded)
        reasons.append(.init(scope: .configuration, code: code.rawValue, name: name, message: reason))
      case .failed(let code, let reason):
        status = status.worse(.failed)
        reasons.append(.init(scope: .configuration, code: code.rawValue, name: name, message: reason))
      }
    }
    return HealthReport(status: status, reasons: reasons)
  }

  func status() async throws -> StatusReport {
    var domains: [StatusReport.Domain] = []
    for domain in settings.domains {
      guard let state = await agent.pipeline(of: domain.name)?.state else { continue }
      // As stored: it is known before the first read, and says at once what was asked for since the last.
      let stored = try await store.read { store in
        try store.source(domain: domain.name).map { ($0, try store.liveObjectCount(in: $0.id)) }
      }
      let source = stored?.0
      domains.append(
        StatusReport.Domain(
          name: domain.name,
          controller: source?.controller,
          method: source?.method?.rawValue,
          objects: stored?.1,
          lastImport: (state.lastImport ?? source?.cookieTime)?.date,
          lastFullRead: source?.lastFullRead?.date,
          readingInFull: source?.isFullCycle ?? false,
          fullReadReason: source?.fullReadReason,
          fullReadDue: source?.fullReadDue?.date,
          waitsFor: state.waitsFor,
          error: state.problem
        )
      )
    }
    return StatusReport(
      version: AgentVersion.current,
      started: started.date,
      domains: domains,
      configurations: try await configurations(),
      problems: problems.map(CheckReport.Finding.init)
    )
  }

  func configurations() async throws -> [ConfigurationStatus] {
    var all: [ConfigurationStatus] = []
    for name in inForce.keys.sorted() { all.append(try await configuration(name).status) }
    return all
  }

  func configuration(_ name: String) async throws -> ConfigurationDetail {
    guard let settings = inForce[name] else { throw ControlProblem.unknownConfiguration(name) }
    let stored = try await store.read { store in
      try store.configuration(named: name).map {
        (try store.scopeRoots(of: $0.id), try store.counts(of: $0.id), try store.lastRun(of: $0.id))
      }
    }
    let state = await state(of: name)
    let (health, reason) = Self.judge(state)
    let counts = stored?.1 ?? StoreCounts()
    return ConfigurationDetail(
      name: name,
      domain: settings.configuration.domain,
      enabled: settings.configuration.isEnabled,
      path: settings.file,
      text: (try? ConfigurationFiles(self.settings).text(of: name)) ?? "",
      scopeRoots: (stored?.0 ?? []).map {
        .init(dn: "\($0.name)", guid: "\($0.guid)", objectClass: "\($0.objectClass)", excluded: $0.isExcluded)
      },
      status: ConfigurationStatus(
        name: name,
        domain: settings.configuration.domain,
        enabled: settings.configuration.isEnabled,
        health: health,
        reason: reason,
        running: state?.isRunning ?? false,
        lastRun: (state?.lastRun ?? stored?.2)?.report,
        nextRun: state?.nextRun?.date,
        provisioned: counts.provisioned,
        pending: counts.pending,
        escrowed: counts.escrowed,
        pendingMembers: counts.pendingMembers,
        held: counts.held
      )
    )
  }

  /// Nil for a disabled configuration; one that is only about to run has no news yet.
  private func state(of name: String) async -> ConfigurationState? {
    guard inForce[name]?.configuration.isEnabled == true else { return nil }
    return await agent.runner(of: name)?.state ?? ConfigurationState()
  }

  private static func judge(_ state: ConfigurationState?) -> (ConfigurationStatus.Health, String?) {
    guard let state else { return (.disabled, nil) }
    return switch state.health {
    case .healthy: (.ok, nil)
    case .unknown: (.starting, "the first run has not ended")
    case .degraded(_, let reason): (.degraded, reason)
    case .failed(_, let reason): (.failed, reason)
    }
  }

  /// One line for `systemctl status`; to answer it, every part that works must answer.
  func summary() async -> String {
    let health = await health()
    let running = await inForce.keys.sorted().asyncFilter { await self.agent.runner(of: $0)?.state.isRunning ?? false }
    let work = running.isEmpty ? "idle" : "running \(running.joined(separator: " "))"
    let troubles = health.reasons.compactMap(\.message).first.map { "; \($0)" } ?? ""
    return "\(health.status.rawValue); \(inForce.count) configurations; \(work)\(troubles)"
  }
}

extension Sequence {
  fileprivate func asyncFilter(_ isIncluded: (Element) async -> Bool) async -> [Element] {
    var included: [Element] = []
    for element in self where await isIncluded(element) { included.append(element) }
    return included
  }
}

extension HealthReport.Status {
  fileprivate func worse(_ other: Self) -> Self {
    let order: [Self] = [.ok, .starting, .degraded, .failed]
    return (order.firstIndex(of: self) ?? 0) < (order.firstIndex(of: other) ?? 0) ? other : self
  }
}
