import CCurl
import Glibc

/// HTTP by the system's libcurl: one multi handle, driven by one thread of its own.
///
/// Proxies come from the environment (`https_proxy`, `no_proxy`), trust and TLS policy from the system. libcurl admits 16
/// connections to a host; a request beyond that waits inside it, where its time-out is noticed late. So a caller that needs
/// sharp limits keeps fewer requests under way. The thread lives until `shutdown()`.
package final class CurlTransport: HTTPTransport {
  private let inbox: Inbox

  /// - Parameter idleLimit: how long a connection may have been idle and still be used again, in whole seconds. Short, so
  ///   that the server rarely closes it under a request: such a request ends with an unknown outcome.
  package init(idleLimit: Duration = .seconds(10)) throws(CurlUnavailable) {
    try CurlLibrary.check()
    guard let multi = unsafe curl_multi_init() else { throw CurlUnavailable("libcurl has no memory for its handles") }
    inbox = unsafe Inbox(multi: multi, idleLimit: idleLimit)
    guard Self.startThread(serving: inbox) else {
      unsafe curl_multi_cleanup(multi)
      throw CurlUnavailable("the system admits no further thread for HTTP")
    }
  }

  deinit {
    inbox.stop()
  }

  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try request.validate()
    try Task.checkCancellation()
    let id = inbox.nextID()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        inbox.start(id, request, continuation)
        // The handler may have run before the line above, and the loop drops the cancellation of what it does not know.
        if Task.isCancelled { inbox.cancel(id) }
      }
    } onCancel: {
      inbox.cancel(id)
    }
  }

  /// Ends what is under way with `.closed`; returns when the thread has let go of everything. Later requests are refused.
  package func shutdown() async {
    await withCheckedContinuation { inbox.stop(then: $0) }
  }

  private static func startThread(serving inbox: Inbox) -> Bool {
    // The thread inherits a mask of all signals. It keeps the process's signals for those who wait for them, and lets
    // a write to a closed TLS connection fail with EPIPE: under NOSIGNAL libcurl leaves SIGPIPE to us.
    var everySignal = sigset_t()
    var mask = sigset_t()
    unsafe sigfillset(&everySignal)
    unsafe pthread_sigmask(SIG_SETMASK, &everySignal, &mask)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }

    let handedOver = unsafe Unmanaged.passRetained(inbox)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread,
      nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe ccurl_name_thread("http")
        // Balances the retain of the hand-over.
        Loop(inbox: unsafe Unmanaged<Inbox>.fromOpaque(context).takeRetainedValue()).run()
        return nil
      },
      handedOver.toOpaque()
    )
    guard status == 0 else {
      unsafe handedOver.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
