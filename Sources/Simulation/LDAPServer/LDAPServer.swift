package import LDAP
import NIOCore
import NIOPosix
import Synchronization

/// An LDAP server on a loopback address that answers from an `LDAPClient`: what stands behind it is reached over a real
/// connection, through the library that the agent uses, instead of by a call.
///
/// It has no TLS; something else must stand in front of it.
package final class LDAPServer: Sendable {
  /// The one account that may bind.
  package struct Account: Sendable {
    package let name: String
    package let password: String

    package init(name: String, password: String) {
      self.name = name
      self.password = password
    }
  }

  /// What is asked for each connection. What it throws ends the connection, as a server that is down would.
  package typealias Backend = @Sendable () async throws -> any LDAPClient

  package let port: UInt16
  package let faults = WireFaults()
  /// Yields each time an answer must wait for its reader.
  package let stalls: AsyncStream<Void>
  private let connections: Mutex<[ObjectIdentifier: any Channel]>
  private let listener: any Channel
  private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

  /// - Parameter port: 0 for any that is free.
  /// - Throws: when it cannot listen there.
  package static func start(
    on address: String = "127.0.0.1",
    port: UInt16 = 0,
    account: Account,
    backend: @escaping Backend
  ) async throws -> LDAPServer {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .bind(host: address, port: Int(port)) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return LDAPServer(listener, account: account, backend: backend)
  }

  /// A server for the time of `body`.
  package static func with<Result>(
    on address: String = "127.0.0.1",
    port: UInt16 = 0,
    account: Account,
    backend: @escaping Backend,
    _ body: (LDAPServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(on: address, port: port, account: account, backend: backend)
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  private init(
    _ listener: NIOAsyncChannel<Connection, Never>,
    account: Account,
    backend: @escaping Backend
  ) {
    self.listener = listener.channel
    port = UInt16(listener.channel.localAddress?.port ?? 0)
    connections = Mutex([:])
    let (stalls, stall) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.stalls = stalls
    let task = Task {
      try? await listener.executeThenClose { accepted in
        await withDiscardingTaskGroup { group in
          do {
            for try await connection in accepted {
              group.addTask { [self] in
                await serve(connection, account: account, backend: backend) { stall.yield() }
              }
            }
          } catch {}  // no longer listening
        }
      }
      stall.finish()
    }
    self.task.withLock { $0 = task }
  }

  private func serve(
    _ connection: Connection,
    account: Account,
    backend: Backend,
    onStall: @escaping @Sendable () -> Void
  ) async {
    let channel = connection.channel
    connections.withLock { $0[ObjectIdentifier(channel)] = channel }
    defer { connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }
    try? await connection.executeThenClose { inbound, outbound in
      let client = try await backend()
      let writer = AnswerWriter(outbound, channel, faults: faults, onStall: onStall)
      await ServedConnection(account: account, client: client, writer: writer).serve(inbound)
      await client.close()
    }
  }

  /// Ends all connections there are; new ones are served.
  package func disconnect() {
    for channel in connections.withLock({ Array($0.values) }) { channel.close(promise: nil) }
  }

  /// Returns when nothing of it is left; the port may be taken again.
  package func stop() async {
    try? await listener.close()
    disconnect()
    let task = task.withLock { $0 }
    // One more may have been on its way in.
    let last = Task {
      while !Task.isCancelled {
        disconnect()
        await Task.yield()
      }
    }
    await task?.value
    last.cancel()
  }
}

extension LDAPServer.Account {
  func check(_ bind: BindRequest) -> LDAPResult {
    guard bind.version == 3 else { return LDAPResult(.protocolError, "version \(bind.version)") }
    guard let password = bind.password else {
      return LDAPResult(LDAPResultCode(rawValue: 7), "only simple binds are offered")
    }
    if bind.name.isEmpty && password.isEmpty { return .success }
    guard bind.name.lowercased() == name.lowercased(), password == Array(self.password.utf8) else {
      return LDAPResult(.invalidCredentials, Self.wrongPassword)
    }
    return .success
  }

  /// As AD says it; the Windows error is the hexadecimal number after `data`.
  private static let wrongPassword =
    "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 52e, v4563"
}
