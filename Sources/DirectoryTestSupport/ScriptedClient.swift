package import LDAP
import Synchronization

/// An LDAP client whose answers a test gives, and which remembers what it was asked.
package final class ScriptedClient: LDAPClient {
  package struct Answer: Sendable {
    package var entries: [LDAPEntry]
    package var controls: [LDAPControl]

    package init(entries: [LDAPEntry] = [], controls: [LDAPControl] = []) {
      self.entries = entries
      self.controls = controls
    }
  }

  /// Nil leaves the answer to the controller.
  package typealias Script = @Sendable (LDAPSearch) throws -> Answer?

  private let script: Script
  private let asked = Mutex<[LDAPSearch]>([])
  private let closed = Mutex(false)
  private let controller: ScriptedController

  package init(_ controller: ScriptedController = ScriptedController(), _ script: @escaping Script = { _ in nil }) {
    self.controller = controller
    self.script = script
  }

  package var searches: [LDAPSearch] { asked.withLock { $0 } }
  package var isClosed: Bool { closed.withLock { $0 } }

  package func search(
    _ search: LDAPSearch,
    deliver: ([LDAPEntry]) async throws -> Void
  ) async throws -> [LDAPControl] {
    asked.withLock { $0.append(search) }
    guard !isClosed else { throw LDAPError(.search, .serverDown, "the connection is closed") }
    let answer = try script(search) ?? controller.answer(search)
    if !answer.entries.isEmpty { try await deliver(answer.entries) }
    return answer.controls
  }

  package func close() async { closed.withLock { $0 = true } }

  /// For a connector that has no other client to give.
  package func reopened() -> ScriptedClient {
    closed.withLock { $0 = false }
    return self
  }

  package func searches(with control: String) -> [LDAPSearch] {
    searches.filter { $0.controls.contains { $0.identifier == control } }
  }
}
