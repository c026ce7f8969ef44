internal import Logging

/// How an event of the log reads as one line: the message, then its metadata sorted by key.
enum LogLine {
  /// Only of use to programs: it names the kind of event.
  static let messageIDKey = "message-id"

  static func text(message: Logger.Message, metadata: Logger.Metadata) -> String {
    let pairs = metadata.filter { $0.key != messageIDKey }.sorted { $0.key < $1.key }
      .map { "\(PrintableText.escaping($0.key))=\(PrintableText.value($0.value.description))" }
    return ([PrintableText.escaping(message.description)] + pairs).joined(separator: " ")
  }

  /// The metadata of an event: that of the handler, then the provider's, then its own, the later ones winning.
  static func metadata(
    of event: LogEvent,
    handler: Logger.Metadata,
    provider: Logger.MetadataProvider?
  ) -> Logger.Metadata {
    var merged = handler
    if let provided = provider?.get() { merged.merge(provided) { $1 } }
    if let own = event.metadata { merged.merge(own) { $1 } }
    if let error = event.error { merged["error"] = .string("\(error)") }
    return merged
  }
}
