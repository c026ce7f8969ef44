import LDAP
import NIOCore

/// One client: its requests are read as they come, so that it can abandon one, and answered one after the other.
struct ServedConnection: Sendable {
  let account: LDAPServer.Account
  let client: any LDAPClient
  let writer: AnswerWriter
  private let pending = PendingRequests()

  init(account: LDAPServer.Account, client: any LDAPClient, writer: AnswerWriter) {
    self.account = account
    self.client = client
    self.writer = writer
  }

  /// Returns when the client has gone, was sent away or the connection was ended.
  func serve(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async {
    let (requests, queue) = AsyncStream<LDAPRequest>.makeStream()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        var isBound = false
        for await request in requests {
          do {
            try await answer(request, isBound: &isBound)
          } catch {
            return await writer.end()
          }
        }
      }
      let disgrace = await read(inbound, into: queue)
      queue.finish()
      pending.endAll()
      await group.waitForAll()
      if let disgrace { try? await disconnect(disgrace) }
    }
  }

  /// - Returns: why the client must go; nil when it went by itself.
  private func read(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
    into queue: AsyncStream<LDAPRequest>.Continuation
  ) async -> LDAPResult? {
    var frames = MessageFrames()
    do {
      for try await bytes in inbound {
        frames.append(bytes.readableBytesView)
        while let message = try frames.next() {
          let request = try LDAPRequest(message)
          switch request.operation {
          case .unbind: return nil
          case .abandon(let identifier): pending.end(identifier, .abandoned)
          default:
            guard pending.add(request.identifier) else { return LDAPResult(.busy, "too many requests at a time") }
            queue.yield(request)
          }
        }
      }
      return nil
    } catch let error as MalformedMessage {
      return LDAPResult(.protocolError, error.description)
    } catch {
      return nil
    }
  }

  private func answer(_ request: LDAPRequest, isBound: inout Bool) async throws {
    let identifier = request.identifier
    var encoder = LDAPAnswerEncoder()
    switch request.operation {
    case .unbind, .abandon: return
    case .bind(let bind):
      let result = account.check(bind)
      isBound = result == .success && !bind.name.isEmpty
      encoder.result(.bind, result, to: identifier)
    case .search(let search) where !isBound && !search.isForRoot:
      encoder.result(.search, .notBound, to: identifier)
    case .search(let search):
      return try await pending.run(identifier) {
        try await SearchAnswer(
          request: search,
          identifier: identifier,
          client: client,
          writer: writer,
          pending: pending
        )
        .give()
      }
    case .extended(let name):
      encoder.result(.extended, LDAPResult(.protocolError, "extended operation \(name) is not known"), to: identifier)
    case .unsupported(let tag):
      guard let tag else { return }
      let result = LDAPResult(.unwillingToPerform, "this server is read-only")
      encoder.result(LDAPAnswerEncoder.Tag(rawValue: tag), result, to: identifier)
    }
    let bytes = encoder.bytes
    try await pending.run(identifier) { try await writer.write(bytes) }
  }

  /// The notice of disconnection (RFC 4511 section 4.4.1).
  private func disconnect(_ reason: LDAPResult) async throws {
    var encoder = LDAPAnswerEncoder()
    encoder.result(.extended, reason, to: 0, name: "1.3.6.1.4.1.1466.20036")
    try await writer.write(encoder.bytes)
  }
}

extension SearchRequest {
  /// Of the server itself, which is free to read without a bind (MS-ADTS 3.1.1.3.2).
  fileprivate var isForRoot: Bool { search.base.isEmpty && search.scope == .base }
}

extension LDAPResult {
  /// In the words of AD.
  fileprivate static let notBound = LDAPResult(
    .operationsError,
    "000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed"
      + " on the connection., data 0, v4563"
  )
}
