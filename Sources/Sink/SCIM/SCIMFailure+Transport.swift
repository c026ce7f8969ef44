import HTTPTransport

extension SCIMFailure {
  init(transportError error: any Error, isWrite: Bool) {
    guard let error = error as? HTTPError else {
      self = .cancelled(maybeSent: isWrite)
      return
    }
    let maybeApplied = isWrite && !error.wasNotSent
    self =
      switch error.kind {
      case .invalidRequest: .rejected(code: "request", reason: error.message)
      case .unreachable, .tls: .unavailable(error.message)
      case .timeout where error.wasNotSent, .closed where error.wasNotSent: .unavailable(error.message)
      case .bodyTooLarge where !isWrite: .rejected(code: "answer", reason: error.message)
      case .timeout, .closed, .bodyTooLarge, .interrupted:
        maybeApplied ? .unknown(error.message) : .retry(error.message)
      }
  }
}
