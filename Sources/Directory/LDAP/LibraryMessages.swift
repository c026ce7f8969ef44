import CLDAP
import Glibc
import Synchronization

/// The lines in which libldap says why something failed where its error codes do not: GnuTLS's refusal of a certificate
/// becomes "unknown error code" in the diagnostic message, and only the log names the reason.
///
/// There is one log function and one log level for the whole process. Lines are kept for the threads that asked for them;
/// others are dropped, as they would otherwise go to stderr.
enum LibraryMessages {
  /// Keeps what libldap says on this thread during `body`, from tracing on up.
  static func during<Result>(_ body: () -> Result) -> (result: Result, lines: [String]) {
    let thread = UInt(pthread_self())
    lines.withLock { $0[thread] = [] }
    listeners.withLock { count in
      count += 1
      setLevel(traceLevel)
    }
    let result = body()
    listeners.withLock { count in
      count -= 1
      // Tracing slows down searches, which others may be doing.
      if count == 0 { setLevel(anywayLevel) }
    }
    return (result, lines.withLock { $0.removeValue(forKey: thread) } ?? [])
  }

  /// Must have been called before the first handle is used.
  static func start() { _ = isStarted }

  private static let listeners = Mutex(0)
  /// Not held while libldap is called, since it may log something then.
  private static let lines = Mutex<[UInt: [String]]>([:])

  private static let isStarted: Bool = {
    setLevel(anywayLevel)
    let outcome = unsafe cldap_set_log_function { line in
      guard let line = unsafe line else { return }
      LibraryMessages.keep(unsafe String(printable: UnsafeRawBufferPointer(start: line, count: strnlen(line, 2048))))
    }
    return outcome == LBER_OPT_SUCCESS
  }()

  // As in ldap_log.h, which is not installed.
  private static let traceLevel: Int32 = 0x0001
  /// Only what is logged at any level.
  private static let anywayLevel: Int32 = 0x8000

  private static func setLevel(_ level: Int32) {
    var level = level
    unsafe ldap_set_option(nil, LDAP_OPT_DEBUG_LEVEL, &level)
  }

  private static func keep(_ line: String) {
    lines.withLock { lines in
      guard let count = lines[UInt(pthread_self())]?.count, count < 100 else { return }
      lines[UInt(pthread_self())]?.append(line)
    }
  }
}
