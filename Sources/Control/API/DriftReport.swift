/// How what a sink holds differs from what it was taken to hold.
package struct DriftReport: Codable, Hashable, Sendable {
  package struct Example: Codable, Hashable, Sendable {
    /// objectGUID.
    package let guid: String
    /// What differs, without values.
    package let difference: String

    package init(guid: String, difference: String) {
      self.guid = guid
      self.difference = difference
    }
  }

  /// Resources of ours that were compared.
  package var compared = 0
  /// Not in the sink any more.
  package var missing = 0
  /// Other values than were confirmed.
  package var changed = 0
  package var membersMissing = 0
  /// Members of a group of ours that are ours, too, and were not put there by us.
  package var membersAdded = 0
  /// Resources that are not ours; they are left alone.
  package var foreign = 0
  /// What was found was queued for repair, and the run sent it.
  package var repaired = false
  /// The first few, for a person.
  package var examples: [Example] = []

  package init() {}

  package var hasDrift: Bool { missing + changed + membersMissing + membersAdded > 0 }
}

/// Answer of `POST /v1/configurations/{name}/reconcile`.
package struct ReconcileAnswer: Codable, Hashable, Sendable {
  /// The run that compared, which has ended.
  package let run: RunReport
  /// Nil when nothing could be compared.
  package let drift: DriftReport?
  /// Why there is no `drift`, in a sentence.
  package let reason: String?

  package init(run: RunReport, drift: DriftReport) {
    self.run = run
    self.drift = drift
    reason = nil
  }

  package init(run: RunReport, reason: String) {
    self.run = run
    drift = nil
    self.reason = reason
  }
}
