import ActiveDirectory
import DirectoryTestSupport
import LDAP
import Model
import Synchronization
import TestSupport

/// Several domain controllers of one domain, each of which can be down.
final class ScriptedDomain: Sendable {
  private struct State {
    var controllers: [String: ScriptedController] = [:]
    var down: Set<String> = []
    var tried: [String] = []
    var clients: [String: [ScriptedClient]] = [:]
  }

  private let state = Mutex(State())

  /// - Parameter controllers: host names.
  init(_ controllers: String..., change: (String, inout ScriptedController) -> Void = { _, _ in }) {
    for (index, host) in controllers.enumerated() {
      var controller = ScriptedController(name: host, invocationID: guid(UInt8(index + 1)))
      change(host, &controller)
      state.withLock { [controller] in $0.controllers[host] = controller }
    }
  }

  /// In the order in which they were tried.
  var tried: [String] { state.withLock { $0.tried } }

  func forget() { state.withLock { $0.tried = [] } }

  /// Takes it down with its connections.
  func stop(_ host: String) async {
    let clients = state.withLock { state in
      state.down.insert(host)
      return state.clients[host] ?? []
    }
    for client in clients { await client.close() }
  }

  func start(_ host: String) { _ = state.withLock { $0.down.remove(host) } }

  func change(_ host: String, _ change: (inout ScriptedController) -> Void) {
    state.withLock { state in
      guard var controller = state.controllers[host] else { return }
      change(&controller)
      state.controllers[host] = controller
    }
  }

  var connector: LDAPConnector {
    { options in
      try self.state.withLock { state in
        state.tried.append(options.host)
        guard let controller = state.controllers[options.host], !state.down.contains(options.host) else {
          throw LDAPError(.connect, .serverDown, "Connection refused")
        }
        let client = ScriptedClient(controller)
        state.clients[options.host, default: []].append(client)
        return client
      }
    }
  }
}

/// DNS as a test has it.
final class ScriptedLocator: ServiceLocator {
  private let records: [String: [String]]
  private let questions = Mutex<[String]>([])

  init(_ records: [String: [String]]) { self.records = records }

  var asked: [String] { questions.withLock { $0 } }

  func servers(of name: String) async throws -> [String] {
    questions.withLock { $0.append(name) }
    return records[name] ?? []
  }
}
