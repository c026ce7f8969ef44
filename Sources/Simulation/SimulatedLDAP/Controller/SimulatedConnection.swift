import ADSimulator
package import LDAP
import Synchronization

/// A connection to a simulated domain controller, bound as the account of its options. It answers as Windows does where
/// Samba does not; MS-ADTS and MS-DRSR are the sources.
package final class SimulatedConnection: LDAPClient {
  private struct State: Sendable {
    var isClosed = false
    var resultSets = ResultSets()
  }

  private let controller: SimulatedController
  private let state = Mutex(State())

  init(_ controller: SimulatedController) {
    self.controller = controller
  }

  package func close() async { end() }

  private func end() { state.withLock { $0.isClosed = true } }

  package func search(
    _ search: LDAPSearch,
    deliver: ([LDAPEntry]) async throws -> Void
  ) async throws -> [LDAPControl] {
    let isUp = !state.withLock { $0.isClosed } && controller.domain.isRunning(controller.identifier)
    guard isUp else {
      end()
      throw LDAPError(.search, .serverDown, "the connection to \(controller.name) is lost")
    }
    let outcome = try answer(to: search)
    for chunk in outcome.chunks { try await deliver(chunk) }
    guard let failure = outcome.failure else { return outcome.controls }
    if failure.code.endsConnection { end() }
    throw failure
  }

  private func answer(to search: LDAPSearch) throws(LDAPError) -> SearchOutcome {
    let controls = try RequestControls(search.controls)
    if controls.dirSync == nil {
      let options = controller.options
      return try state.withLock { (state) throws(LDAPError) in
        try controller.domain.withState { (domainState) throws(LDAPError) in
          let view = ReplicaView(domainState, controller, options, controls)
          return try PlainSearch(search, controls).answer(view, &state.resultSets)
        }
      }
    }
    return try controller.domain.withState { (domainState) throws(LDAPError) in
      let (options, faults) = controller.withSettings { ($0.options, $0.faults) }
      let view = ReplicaView(domainState, controller, options, controls)
      var exchange = try DirSyncExchange(search, controls, view, faults)
      defer {
        let left = exchange.faults
        controller.withSettings { $0.faults = left }
      }
      return try exchange.answer()
    }
  }
}

/// What a search gives: entries, and then its end or what it failed with.
struct SearchOutcome: Sendable {
  var entries: [LDAPEntry] = []
  var controls: [LDAPControl] = []
  var failure: LDAPError?

  /// As many at a time as the port allows.
  var chunks: [[LDAPEntry]] {
    stride(from: 0, to: entries.count, by: 1000).map { Array(entries[$0..<min($0 + 1000, entries.count)]) }
  }
}
