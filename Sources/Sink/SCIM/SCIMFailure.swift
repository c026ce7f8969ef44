import Engine
import Model

/// Why an operation was not done.
indirect enum SCIMFailure: Error {
  /// The service asks for a pause; nil means that it does not say how long.
  case paused(Duration?)
  case unavailable(SinkUnavailable)
  case retry(String)
  /// It was sent and may have been applied.
  case unknown(String)
  case rejected(code: String, reason: String)
  /// Of a resource that was found to be ours.
  case refusedOf(id: String, code: String, reason: String)
  /// A membership operation was done but for these.
  case membersRefused([GUID: String])
  case stale(String)
  case cancelled(maybeSent: Bool)
  /// Another failure after a part of the operation had been applied.
  case afterEffect(SCIMFailure)

  static func unavailable(_ reason: String) -> SCIMFailure { .unavailable(SinkUnavailable(reason)) }

  static func rejected(_ refusal: Refusal) -> SCIMFailure {
    .rejected(code: refusal.code, reason: refusal.reason)
  }

  var reason: String {
    switch self {
    case .paused: "the service asked for a pause"
    case .unavailable(let cause): cause.reason
    case .retry(let reason), .unknown(let reason), .stale(let reason), .rejected(_, let reason),
      .refusedOf(_, _, let reason):
      reason
    case .membersRefused: "the service refuses some members"
    case .cancelled: "cancelled"
    case .afterEffect(let cause): cause.reason
    }
  }
}
