package import Model

/// How a configuration fares, for `health` and `status`.
package struct ConfigurationState: Hashable, Sendable {
  package var health: Health = .unknown
  package var isRunning = false
  package var lastRun: RunRecord?
  package var nextRun: Timestamp?
  /// What the last reconcile found in the sink; nil when there was none, or the sink cannot be read.
  package var drift: DriftReport?

  package enum Health: Hashable, Sendable {
    /// No run has ended since the daemon started.
    case unknown
    case healthy
    /// It runs, but some objects are not provisioned.
    case degraded(code: DegradationCode, reason: String)
    /// It does not run; nothing was lost or changed.
    case failed(code: FailureCode, reason: String)
  }

  /// Stable words by which a monitor tells apart what is not as it should be.
  package enum DegradationCode: String, Sendable {
    /// Objects or memberships failed and wait for their repeat.
    case escrow
    /// The guard holds operations until a person decides.
    case held
    /// The sink asked for a pause, or takes nothing.
    case sinkSlow = "sink-slow"
  }

  /// Stable words by which a monitor tells failures apart.
  package enum FailureCode: String, Sendable {
    case directoryUnreachable = "directory-unreachable"
    case directoryUntrusted = "directory-untrusted"
    case directoryCredentials = "directory-credentials"
    case directorySettings = "directory-settings"
    case directoryRights = "directory-rights"
    case directoryAnswer = "directory-answer"
    case scope = "scope"
    case sink = "sink"
    case sinkChanged = "sink-changed"
    case other = "internal"
  }

  package init() {}
}

extension ConfigurationState.FailureCode {
  init(_ error: any Error) {
    self =
      switch error {
      case let error as DirectoryError:
        switch error {
        case .unreachable: .directoryUnreachable
        case .untrusted: .directoryUntrusted
        case .credentialsRefused: .directoryCredentials
        case .unusableSettings: .directorySettings
        case .rightsMissing: .directoryRights
        case .cookieRejected, .behind, .incomplete, .unexpected: .directoryAnswer
        }
      case is ImportError: .directoryAnswer
      case is ScopeError: .scope
      case is SinkUnavailable: .sink
      case is SinkChanged: .sinkChanged
      default: .other
      }
  }
}
