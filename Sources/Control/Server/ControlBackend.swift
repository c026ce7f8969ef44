package import ControlAPI

/// What the daemon can do when the control socket asks. Rights and bounds are settled before any of this is called.
///
/// - Throws: `ControlProblem` for what the caller shall read; anything else becomes a 500 that only says so.
package protocol ControlBackend: Sendable {
  func health() async -> HealthReport
  func status() async throws -> StatusReport
  func configurations() async throws -> [ConfigurationStatus]
  /// - Throws: `ControlProblem.unknownConfiguration`.
  func configuration(_ name: String) async throws -> ConfigurationDetail
  /// Validates the TOML, writes the file atomically and puts it in force.
  ///
  /// - Throws: `ControlProblem.exists` unless `replacing`, `ControlProblem.invalid` with what is wrong.
  func put(_ text: String, as name: String, replacing: Bool) async throws -> PutResult
  func setEnabled(_ isEnabled: Bool, of name: String) async throws -> ConfigurationStatus
  /// Starts a run at once, before which what is to be reset is forgotten. With `wait` it returns when the run has ended;
  /// cancelling ends the wait, never the run.
  func restart(_ name: String, resetting resets: Set<Reset>, wait: Bool) async throws -> RestartAnswer
  /// What these resets would clear; nothing is changed.
  func previewRestart(_ name: String, resetting resets: Set<Reset>) async throws -> ResetPreview
  /// Reads both sides in full and compares. It returns when the run has ended; cancelling ends the wait, never the run.
  func reconcile(_ name: String, isRepairing: Bool) async throws -> ReconcileAnswer
  /// What the guard holds, the first `limit` operations of it by name.
  func holds(_ name: String, limit: Int) async throws -> HoldsReport
  /// - Throws: `ControlProblem` with status 409 when the set is not the one that was seen.
  func decide(_ decision: HoldsDecision, about name: String) async throws -> HoldsAnswer
  /// What was done, and what became of it. With a wait it answers when something new is there, or the wait is over.
  func log(_ name: String, _ request: LogRequest) async throws -> LogPage
  /// The newest first.
  func runs(_ name: String, limit: Int) async throws -> RunList
  /// With text, what is wrong with it, under the name of `file`; without, what is wrong with the files in place.
  func check(_ text: String?, file: String?) async throws -> CheckReport
  /// - Throws: `ControlProblem.invalid`; what was in force stays so.
  func reload() async throws -> ReloadAnswer
}

package struct PutResult: Sendable {
  package let detail: ConfigurationDetail
  /// False when it replaced one of the same name.
  package let isNew: Bool

  package init(detail: ConfigurationDetail, isNew: Bool) {
    self.detail = detail
    self.isNew = isNew
  }
}
