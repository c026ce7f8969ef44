package import FoundationEssentials

/// One run: import, evaluate, export.
package struct RunReport: Codable, Hashable, Sendable {
  package enum Outcome: String, Codable, Sendable {
    case success
    /// Some objects failed for their own reason; all others went through.
    case partial
    case failure
    case interrupted
  }

  package struct Counts: Codable, Hashable, Sendable {
    /// Entries that the directory delivered.
    package var imported = 0
    package var evaluated = 0
    package var created = 0
    package var updated = 0
    package var disabled = 0
    package var deleted = 0
    package var membersAdded = 0
    package var membersRemoved = 0
    package var failed = 0

    package init() {}
  }

  package let id: Int64
  /// `timer`, `restart`, `start`, `doorbell` or `reconcile`.
  package let reason: String
  package let started: Date
  /// Nil while it runs.
  package let ended: Date?
  package let outcome: Outcome?
  /// What went wrong, in a sentence.
  package let detail: String?
  package let counts: Counts

  package init(
    id: Int64,
    reason: String,
    started: Date,
    ended: Date? = nil,
    outcome: Outcome? = nil,
    detail: String? = nil,
    counts: Counts = Counts()
  ) {
    self.id = id
    self.reason = reason
    self.started = started
    self.ended = ended
    self.outcome = outcome
    self.detail = detail
    self.counts = counts
  }
}

/// Answer of `POST /v1/configurations/{name}/restart`.
package struct RestartAnswer: Codable, Hashable, Sendable {
  /// False when a run was under way already and serves the request.
  package let accepted: Bool
  /// The run that serves the request: ended, when it was waited for; nil when it is not yet begun.
  package let run: RunReport?

  package init(accepted: Bool, run: RunReport? = nil) {
    self.accepted = accepted
    self.run = run
  }
}
