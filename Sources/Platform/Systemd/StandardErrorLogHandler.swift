import FoundationEssentials
import Glibc
package import Logging

/// Writes one readable line for each event: time, level, message, metadata. For terminals and whatever collects stderr.
package struct StandardErrorLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let write: @Sendable (String) -> Void

  package init(level: Logger.Level) {
    self.init(level: level, write: Self.writeToStandardError)
  }

  init(level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
    logLevel = level
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = LogLine.metadata(of: event, handler: metadata, provider: metadataProvider)
    write(Self.line(at: Date(), level: event.level, text: LogLine.text(message: event.message, metadata: all)))
  }

  /// Time in UTC, as RFC 3339 has it, with milliseconds.
  static func line(at time: Date, level: Logger.Level, text: String) -> String {
    let timestamp = time.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
    return "\(timestamp)Z \(level.rawValue) \(text)\n"
  }

  /// In one call, so that lines of several threads do not mix; what does not get through is lost.
  private static func writeToStandardError(_ line: String) {
    let bytes = Array(line.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
