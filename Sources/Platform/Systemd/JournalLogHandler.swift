package import Logging

/// Writes events to the systemd journal, the metadata as fields of the entry (systemd.journal-fields(7)).
///
/// The metadata stands in MESSAGE too, since `journalctl` shows nothing else unless asked.
package struct JournalLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let send: @Sendable ([JournalField]) -> Void

  package init(level: Logger.Level) {
    self.init(level: level, send: Journal.send)
  }

  init(level: Logger.Level, send: @escaping @Sendable ([JournalField]) -> Void) {
    logLevel = level
    self.send = send
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = LogLine.metadata(of: event, handler: metadata, provider: metadataProvider)
    send(Self.fields(level: event.level, message: event.message, metadata: all))
  }

  private static let identifier = "adprovd"

  static func fields(level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata) -> [JournalField] {
    [
      JournalField(name: "MESSAGE", value: LogLine.text(message: message, metadata: metadata)),
      JournalField(name: "PRIORITY", value: String(level.journalPriority)),
      JournalField(name: "SYSLOG_IDENTIFIER", value: identifier),
    ]
      + metadata.sorted { $0.key < $1.key }.compactMap { key, value in
        JournalField(metadataKey: key, value: value.description)
      }
  }
}

extension Logger.Level {
  /// Levels of syslog(3).
  fileprivate var journalPriority: Int {
    switch self {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
