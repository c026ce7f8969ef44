package import Model

package struct RunRecord: Hashable, Sendable {
  package let id: Int64
  package let configuration: ConfigurationID
  package let reason: RunReason
  package let started: Timestamp
  package var ended: Timestamp?
  package var outcome: RunOutcome?
  package var detail: String?
  package var counts: RunCounts

  package init(
    id: Int64,
    configuration: ConfigurationID,
    reason: RunReason,
    started: Timestamp,
    ended: Timestamp? = nil,
    outcome: RunOutcome? = nil,
    detail: String? = nil,
    counts: RunCounts = RunCounts()
  ) {
    self.id = id
    self.configuration = configuration
    self.reason = reason
    self.started = started
    self.ended = ended
    self.outcome = outcome
    self.detail = detail
    self.counts = counts
  }
}

package enum RunReason: String, Sendable { case timer, restart, start, doorbell, reconcile }

package enum RunOutcome: String, Sendable { case success, partial, failure, interrupted }
