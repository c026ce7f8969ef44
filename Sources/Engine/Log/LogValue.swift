import Model

/// Bounds and masks what goes into the provisioning log.
enum LogValue {
  /// Bytes of UTF-8 of one value, reason or name.
  static let limit = 1024
  static let codeLimit = 64
  static let nameLimit = 512
  /// Attributes of one entry.
  static let changeLimit = 100
  static let mark = "•••"

  /// Whole where it fits, else its beginning with an ellipsis.
  static func cut(_ text: String, to limit: Int = limit) -> String {
    guard text.utf8.count > limit else { return text }
    let ellipsis = "…"
    var kept = ""
    var room = limit - ellipsis.utf8.count
    // By scalars: a single character can have any number of them.
    for scalar in text.unicodeScalars {
      room -= UTF8.width(scalar)
      guard room >= 0 else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept + ellipsis
  }

  static func cut(_ value: ResourceValue?) -> ResourceValue? {
    switch value {
    case .string(let text): .string(cut(text))
    case .strings(let texts): .strings(cut(texts))
    case .boolean, nil: value
    }
  }

  private static func cut(_ texts: [String]) -> [String] {
    var kept: [String] = []
    var room = limit
    for (index, text) in texts.enumerated() {
      // Some bytes for a text that has none: a list of them is bounded, too.
      room -= text.utf8.count + 8
      if room < 0 { return kept + (index == 0 ? [cut(text)] : []) + rest(texts.count - max(index, 1)) }
      kept.append(text)
    }
    return kept
  }

  private static func rest(_ count: Int) -> [String] {
    count == 0 ? [] : ["… and \(count) more"]
  }
}

extension Mapping {
  /// What the log may say of these changes.
  func logged(_ changes: [AttributeChange]) -> [AttributeChange] {
    changes.prefix(LogValue.changeLimit).map { change in
      let isMasked = isMasked(change.path)
      func logged(_ value: ResourceValue?) -> ResourceValue? {
        isMasked && value != nil ? .string(LogValue.mark) : LogValue.cut(value)
      }
      return AttributeChange(
        path: TargetPath(LogValue.cut(change.path.text)),
        old: logged(change.old),
        new: logged(change.new)
      )
    }
  }

  /// A sink may repeat in its reason what it was sent.
  func logged(_ reason: String, about changes: [AttributeChange]) -> String {
    var reason = reason
    for change in changes where isMasked(change.path) {
      for text in [change.old, change.new].flatMap({ $0.texts }) where text.count > 2 {
        reason = reason.replacing(text, with: LogValue.mark)
      }
    }
    return LogValue.cut(reason)
  }
}

extension ResourceValue? {
  fileprivate var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .strings(let texts): texts
    case .boolean, nil: []
    }
  }
}
