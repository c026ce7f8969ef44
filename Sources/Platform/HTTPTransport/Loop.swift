import CCurl
import Glibc

/// Drives all transfers on one thread. Not Sendable, and created on that thread, so that the compiler keeps every handle of
/// libcurl there.
@safe final class Loop {
  private static let connectionsPerHost = 16
  private static let connections = 64
  private static let cachedConnections = 32
  /// Easy handles kept for reuse.
  private static let spareHandles = 32
  private static let longestPoll: CInt = 60_000

  private let inbox: Inbox
  private let multi: UnsafeMutableRawPointer
  private var transfers: [UnsafeMutableRawPointer: Transfer] = unsafe [:]
  private var spare: [EasyHandle] = []

  init(inbox: Inbox) {
    self.inbox = inbox
    unsafe multi = inbox.multi
    unsafe ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, Self.connectionsPerHost)
    unsafe ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, Self.connections)
    unsafe ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.cachedConnections)
  }

  func run() {
    while let commands = inbox.take() {
      for command in commands { carryOut(command) }
      var running: CInt = 0
      var code = unsafe curl_multi_perform(multi, &running)
      drain()
      if code == CURLM_OK { code = unsafe curl_multi_poll(multi, nil, 0, Self.longestPoll, nil) }
      if code != CURLM_OK { recover(from: code) }
    }
    tearDown()
  }

  private func carryOut(_ command: Inbox.Command) {
    switch command {
    case .start(let id, let request, let continuation):
      start(id, request, continuation)
    case .cancel(let id):
      guard let transfer = unsafe transfers.values.first(where: { $0.id == id }) else { return }
      release(transfer)
      transfer.finish(.failure(CancellationError()))
    }
  }

  private func start(_ id: UInt64, _ request: HTTPRequest, _ continuation: Inbox.Continuation) {
    guard let handle = spare.popLast() ?? EasyHandle() else {
      continuation.resume(throwing: HTTPError(.interrupted, "libcurl has no memory for a request", wasNotSent: true))
      return
    }
    let transfer = Transfer(
      id: id,
      request: request,
      handle: handle,
      idleLimit: inbox.idleLimit,
      continuation: continuation
    )
    do throws(HTTPError) {
      try transfer.setOptions()
      let code = unsafe curl_multi_add_handle(multi, handle.pointer)
      guard code == CURLM_OK else { throw HTTPError(code, wasNotSent: true) }
      unsafe transfers[handle.pointer] = transfer
    } catch {
      // The handle must not outlive what its options point at.
      handle.reset()
      transfer.finish(.failure(error))
    }
  }

  private func drain() {
    var remaining: CInt = 0
    while let message = unsafe curl_multi_info_read(multi, &remaining) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      // The message is gone once its handle is removed, so its result comes first.
      let result = unsafe ccurl_message_result(message)
      guard let pointer = unsafe message.pointee.easy_handle, let transfer = unsafe transfers[pointer] else { continue }
      let outcome = transfer.outcome(of: result)
      release(transfer)
      transfer.finish(outcome)
    }
  }

  /// After this libcurl calls back no more for the transfer.
  private func release(_ transfer: Transfer) {
    unsafe transfers[transfer.handle.pointer] = nil
    unsafe curl_multi_remove_handle(multi, transfer.handle.pointer)
    transfer.handle.reset()
    if spare.count < Self.spareHandles { spare.append(transfer.handle) }
  }

  /// libcurl could not go on, for want of memory or of descriptors. What is under way is lost, later requests may fare
  /// better; the pause keeps a lasting fault from spinning.
  private func recover(from code: CURLMcode) {
    for transfer in unsafe Array(transfers.values) {
      let wasNotSent = transfer.handle.requestBytesSent == 0
      release(transfer)
      transfer.finish(.failure(HTTPError(code, wasNotSent: wasNotSent)))
    }
    usleep(100_000)
  }

  private func tearDown() {
    for command in inbox.end() {
      if case .start(_, _, let continuation) = command { continuation.resume(throwing: HTTPError.closed) }
    }
    for transfer in unsafe Array(transfers.values) {
      let wasNotSent = transfer.handle.requestBytesSent == 0
      release(transfer)
      transfer.finish(.failure(HTTPError(.closed, HTTPError.closed.message, wasNotSent: wasNotSent)))
    }
    spare = []
    unsafe curl_multi_cleanup(multi)
    inbox.announceEnd()
  }
}
