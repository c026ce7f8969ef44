import Glibc
import Testing

@testable import Systemd

/// Each in a process of its own, since the addresses of systemd stand in the environment, which all tests share.
@Suite struct `Service manager` {
  private static let messages: [(notification: ServiceManager.Notification, text: String)] = [
    (.ready(), "READY=1"), (.ready(status: "run 1 ok"), "READY=1\nSTATUS=run 1 ok"), (.stopping(), "STOPPING=1"),
    (.stopping(status: "finishing run 2"), "STOPPING=1\nSTATUS=finishing run 2"),
    (.status("idle; next run 14:07"), "STATUS=idle; next run 14:07"), (.watchdog, "WATCHDOG=1"),
    (.extendTimeout(.milliseconds(1500)), "EXTEND_TIMEOUT_USEC=1500000"),
  ]

  @Test func `hears what is notified`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotificationSocket()
      for message in Self.messages {
        ServiceManager().notify(message.notification)
        #expect(socket.receive() == message.text)
      }
    }
  }

  @Test func `hears of a reload with the time at which it began`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotificationSocket()
      let before = Self.monotonicMicroseconds()
      ServiceManager().notify(.reloading)
      let lines = try #require(socket.receive()).split(separator: "\n")
      try #require(lines.count == 2)
      #expect(lines[0] == "RELOADING=1")
      #expect(lines[1].hasPrefix("MONOTONIC_USEC="))
      let time = try #require(UInt64(lines[1].dropFirst("MONOTONIC_USEC=".count)))
      #expect((before...Self.monotonicMicroseconds()).contains(time))
    }
  }

  @Test func `hears no assignment that hides in a status`() async {
    await #expect(processExitsWith: .success) {
      let socket = try NotificationSocket()
      ServiceManager().notify(.status("reading OU=x\nMAINPID=1\u{2028}"))
      #expect(socket.receive() == #"STATUS=reading OU=x\nMAINPID=1\u{2028}"#)
    }
  }

  @Test func `is not missed where there is none`() async {
    await #expect(processExitsWith: .success) {
      unsafe unsetenv("NOTIFY_SOCKET")
      ServiceManager().notify(.ready())
    }
  }

  @Test func `tells how often it wants to hear`() async {
    await #expect(processExitsWith: .success) {
      #expect(ServiceManager().watchdogInterval == nil)
      unsafe setenv("WATCHDOG_USEC", "60000000", 1)
      #expect(ServiceManager().watchdogInterval == .seconds(60))
      unsafe setenv("WATCHDOG_PID", String(getpid()), 1)
      #expect(ServiceManager().watchdogInterval == .seconds(60))
      unsafe setenv("WATCHDOG_PID", "1", 1)
      #expect(ServiceManager().watchdogInterval == nil)
    }
  }

  private static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
  }
}
