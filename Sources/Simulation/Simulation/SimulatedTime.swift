import ADSimulator
import Engine
import Model

/// The clock of the simulated domain: whoever sleeps lets it advance.
struct SimulatedTime: TimeSource {
  let domain: SimulatedDomain

  init(_ domain: SimulatedDomain) {
    self.domain = domain
  }

  func now() -> Timestamp { domain.now }

  func sleep(for duration: Duration) async throws {
    try Task.checkCancellation()
    domain.advance(by: duration)
  }
}
