package import LDAP
import Model
import Synchronization

/// A domain controller of a domain of any size whose entries are computed when they are asked for. It answers DirSync with
/// object security and reads of single objects; nothing of it is held but what changed.
package final class GeneratedDirectory: Sendable {
  struct Changes: Sendable {
    /// By the order in which they were made.
    var users: [Int] = []
    /// The last change of each.
    var latest: [Int: Int] = [:]
  }

  package let shape: DirectoryShape
  let options = ControllerOptions()
  let host = "dc1.corp.example.test"
  private let changes = Mutex(Changes())

  /// So that the users changed one after the other do not stand next to each other.
  private static let stride = 7919

  package init(_ shape: DirectoryShape) { self.shape = shape }

  /// Gives so many users another title.
  package func touch(_ count: Int) {
    changes.withLock { changes in
      for _ in 0..<count {
        let user = changes.users.count * Self.stride % shape.users
        changes.latest[user] = changes.users.count
        changes.users.append(user)
      }
    }
  }

  func present() -> Changes { changes.withLock { $0 } }

  package func connect() -> any LDAPClient { GeneratedConnection(self) }

  /// Reaches it in this process, whatever host is asked for.
  package var connector: LDAPConnector { { _ in self.connect() } }
}
