import Logging
import Synchronization

/// Keeps log lines, so that a test can read what was journalled.
final class RecordingLog: Sendable {
  struct Line: Sendable {
    let level: Logger.Level
    let message: String
    let metadata: [String: String]
  }

  private let kept = Mutex<[Line]>([])

  var lines: [Line] { kept.withLock { $0 } }

  func logger() -> Logger {
    Logger(label: "test", factory: { _ in Handler(log: self) })
  }

  fileprivate func keep(_ line: Line) { kept.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let log: RecordingLog
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      log.keep(
        Line(
          level: event.level,
          message: event.message.description,
          metadata: (event.metadata ?? [:]).mapValues(\.description)
        )
      )
    }
  }
}
