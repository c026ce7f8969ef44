internal import CSystemd
import Glibc

/// Tells systemd what the daemon is doing (sd_notify(3)). Does nothing where systemd did not ask for it.
package struct ServiceManager: Sendable {
  package enum Notification: Hashable, Sendable {
    /// Started, or reloaded: all of the service can be used.
    case ready(status: String? = nil)
    /// Settings are being read again; to be followed by `.ready`.
    case reloading
    case stopping(status: String? = nil)
    /// One line for `systemctl status`.
    case status(String)
    /// The work goes on. To be sent from the loop that does it, more often than `watchdogInterval`.
    case watchdog
    /// Starting or stopping takes longer than the unit allows; from now that much more.
    case extendTimeout(Duration)
  }

  package init() {}

  package func notify(_ notification: Notification) {
    // What is lost is a status line, or a readiness that systemd then misses: there is nothing to do about it here.
    _ = unsafe sd_notify(0, Self.message(for: notification))
  }

  /// The longest silence before systemd takes the daemon for hung; nil when it does not watch. Ping at half of it.
  package var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard unsafe sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
  }

  static func message(for notification: Notification) -> String {
    switch notification {
    case .ready(let status): (["READY=1"] + statusLines(status)).joined(separator: "\n")
    case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(monotonicMicroseconds())"
    case .stopping(let status): (["STOPPING=1"] + statusLines(status)).joined(separator: "\n")
    case .status(let status): statusLines(status).joined(separator: "\n")
    case .watchdog: "WATCHDOG=1"
    case .extendTimeout(let duration):
      "EXTEND_TIMEOUT_USEC=\(duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000)"
    }
  }

  /// A line feed in the text would begin another assignment of the protocol, such as MAINPID=.
  private static func statusLines(_ status: String?) -> [String] {
    status.map { ["STATUS=" + PrintableText.escaping($0)] } ?? []
  }

  /// CLOCK_MONOTONIC, which systemd compares with its own reading of it.
  private static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
  }
}
