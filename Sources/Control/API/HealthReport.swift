/// Answer of `GET /v1/health`.
package struct HealthReport: Codable, Hashable, Sendable {
  package enum Status: String, Codable, Sendable {
    case ok
    /// Nothing has failed, but the first run of something is still to come.
    case starting
    /// It works, though not all of it.
    case degraded
    case failed
  }

  /// One thing that is not as it should be.
  package struct Reason: Codable, Hashable, Sendable {
    package enum Scope: String, Codable, Sendable {
      case daemon
      case domain
      case configuration
    }

    package let scope: Scope
    /// A short word that monitoring can match on, such as `sink-unauthorized`; stable between versions.
    package let code: String
    /// Which domain or configuration; nil for the daemon, and for callers without rights.
    package let name: String?
    /// For people; nil for callers without rights.
    package let message: String?

    package init(scope: Scope, code: String, name: String? = nil, message: String? = nil) {
      self.scope = scope
      self.code = code
      self.name = name
      self.message = message
    }
  }

  package let status: Status
  package let version: String
  package let reasons: [Reason]

  package init(status: Status, version: String = AgentVersion.current, reasons: [Reason] = []) {
    self.status = status
    self.version = version
    self.reasons = reasons
  }

  /// Monitoring takes the answer for good; `degraded` is not.
  package var isGood: Bool {
    switch status {
    case .ok, .starting: true
    case .degraded, .failed: false
    }
  }

  /// For callers who may open the socket and nothing more: no names, no messages.
  package var redacted: HealthReport {
    HealthReport(
      status: status,
      version: version,
      reasons: reasons.map { Reason(scope: $0.scope, code: $0.code) }
    )
  }
}
