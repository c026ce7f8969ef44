import Glibc

/// A TCP connection. Made here and not by libldap, which forgets why it could not connect and has no time limit for what
/// follows.
@safe
final class TCPSocket: Sendable {
  /// A descriptor of its own for the same connection, which stays valid whoever closes the other one.
  private let descriptor: Int32

  /// For libldap, which closes it.
  let lent: Int32

  /// - Throws: the reason in the words of the system.
  init(host: String, port: UInt16, timeout: Duration) throws(LDAPError) {
    lent = try Self.connect(host, port, timeout)
    descriptor = fcntl(lent, F_DUPFD_CLOEXEC, 3)
    // Notices a server that vanished without a word within two minutes.
    set(SOL_SOCKET, SO_KEEPALIVE, 1)
    set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
    set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15)
    set(Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
    set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
  }

  deinit {
    _ = close(descriptor)
  }

  /// Ends the connection under whoever is waiting for something on it.
  func shutDown() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// From now on a read gives up after this time as if nothing was there. Not before TLS is established: libldap takes an
  /// interrupted handshake for a finished one.
  func limitReads(to time: Duration) {
    var time = timeval(time)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    _ = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}

extension TCPSocket {
  private static func connect(_ host: String, _ port: UInt16, _ timeout: Duration) throws(LDAPError) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &list)
    guard code == 0, let first = unsafe list else {
      let reason = code == EAI_SYSTEM ? systemReason(errno) : unsafe String(cString: gai_strerror(code))
      throw LDAPError(.connect, .serverDown, reason)
    }
    defer { unsafe freeaddrinfo(first) }
    let deadline = ContinuousClock.now + timeout
    var reason: Int32 = ECONNREFUSED
    var next = unsafe list
    while let address = unsafe next {
      let wait = deadline - .now
      guard wait > .zero else { break }
      // What is behind must get its chance too.
      let isLast = unsafe address.pointee.ai_next == nil
      switch unsafe connect(address.pointee, isLast ? wait : wait / 2) {
      case .success(let descriptor): return descriptor
      case .failure(let failure): reason = failure.number
      }
      unsafe next = address.pointee.ai_next
    }
    throw LDAPError(.connect, .serverDown, systemReason(reason))
  }

  private struct SystemError: Error {
    let number: Int32
  }

  private static func connect(_ address: addrinfo, _ timeout: Duration) -> Result<Int32, SystemError> {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = unsafe socket(address.ai_family, type, 0)
    guard descriptor >= 0 else { return .failure(SystemError(number: errno)) }
    var outcome: Int32 = 0
    if unsafe Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
      outcome = errno == EINPROGRESS ? finish(descriptor, timeout) : errno
    }
    guard outcome == 0 else {
      _ = close(descriptor)
      return .failure(SystemError(number: outcome))
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    return .success(descriptor)
  }

  /// Waits for a connection under way; 0 or the `errno` with which it failed.
  private static func finish(_ descriptor: Int32, _ timeout: Duration) -> Int32 {
    let deadline = ContinuousClock.now + timeout
    var question = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    var ready: Int32 = 0
    repeat {
      let (seconds, attoseconds) = max(deadline - .now, .zero).components
      ready = unsafe poll(&question, 1, Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    } while ready < 0 && errno == EINTR
    guard ready > 0 else { return ready == 0 ? ETIMEDOUT : errno }
    var failure: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 else { return errno }
    return failure
  }
}
