import CLDAP

/// A connection to one LDAP server, bound and protected.
///
/// It has a thread of its own, since libldap's calls block: name look-ups, TLS handshakes and Kerberos have no other form.
/// Meant for one search at a time: what arrives for another search meanwhile is held in libldap's memory.
package actor LDAPConnection {
  private nonisolated let thread: LDAPThread
  var handle: LDAPHandle?
  let options: LDAPConnectionOptions

  package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

  /// Connects, protects the connection and binds.
  ///
  /// Cancelling the task returns at once; the attempt then ends by itself within its time-outs.
  ///
  /// - Throws: `LDAPError` with the phase that failed, or `CancellationError`.
  package static func open(_ options: LDAPConnectionOptions) async throws -> LDAPConnection {
    let connection = LDAPConnection(options, on: try LDAPThread())
    // A stream's reader returns when its task is cancelled, whatever its writer is stuck in.
    let (outcomes, outcome) = AsyncThrowingStream<Void, any Error>.makeStream()
    Task {
      do {
        try await connection.establish()
        outcome.yield()
        outcome.finish()
      } catch {
        outcome.finish(throwing: error)
      }
    }
    for try await _ in outcomes { return connection }
    throw CancellationError()
  }

  private init(_ options: LDAPConnectionOptions, on thread: LDAPThread) {
    self.options = options
    self.thread = thread
  }

  /// On the own thread, because closing sends a last message.
  isolated deinit {
    handle = nil
    thread.stop()
  }

  /// Ends the connection; whatever is asked of it later fails.
  package func close() {
    handle = nil
  }

  func openHandle() throws(LDAPError) -> LDAPHandle {
    guard let handle else { throw LDAPError(.search, .serverDown, "the connection is closed") }
    return handle
  }
}
