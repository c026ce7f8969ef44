package import ADSimulator
package import LDAP
import Synchronization

/// One domain controller of a simulated domain as clients of LDAP see it.
package final class SimulatedController: Sendable {
  struct Settings: Sendable {
    var options: ControllerOptions
    var faults = ControllerFaults()
  }

  let domain: SimulatedDomain
  package let identifier: SimulatedDomain.ControllerID
  private let settings: Mutex<Settings>

  package init(_ domain: SimulatedDomain, _ identifier: SimulatedDomain.ControllerID, _ options: ControllerOptions) {
    self.domain = domain
    self.identifier = identifier
    settings = Mutex(Settings(options: options))
  }

  /// Its DNS name.
  package var name: String { domain.name(of: identifier) }

  package var options: ControllerOptions { settings.withLock { $0.options } }
  package func change(_ body: (inout ControllerOptions) -> Void) { settings.withLock { body(&$0.options) } }
  package func inject(_ faults: ControllerFaults) { settings.withLock { $0.faults = faults } }

  func withSettings<Result: Sendable>(_ body: (inout Settings) -> Result) -> Result { settings.withLock { body(&$0) } }

  /// A connection of its own, already bound.
  ///
  /// - Throws: `LDAPError` of a host that does not answer when the controller is stopped.
  package func connect() throws(LDAPError) -> SimulatedConnection {
    guard domain.isRunning(identifier) else { throw LDAPError(.connect, .serverDown, "\(name) does not answer") }
    return SimulatedConnection(self)
  }
}

extension SimulatedDomain {
  /// One for each domain controller, in their order.
  package func served(_ options: ControllerOptions = ControllerOptions()) -> [SimulatedController] {
    controllers.map { SimulatedController(self, $0, options) }
  }
}

extension [SimulatedController] {
  /// Reaches them by their DNS names, in this process.
  package var connector: LDAPConnector {
    { options in
      guard let controller = first(where: { $0.name == options.host }) else {
        throw LDAPError(.connect, .serverDown, "there is no host \(options.host)")
      }
      return try controller.connect()
    }
  }
}
