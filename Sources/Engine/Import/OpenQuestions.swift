import Logging

/// Objects about which nothing is decided, because two domains do not agree.
struct OpenQuestions: Hashable, Sendable {
  /// Two domains show them.
  var claimed = 0
  /// Their domain does not know them any more, and another one may have them.
  var missing = 0

  mutating func add(_ other: OpenQuestions) {
    claimed += other.claimed
    missing += other.missing
  }

  func log(_ logger: Logger) {
    if claimed > 0 { logger.info("objects are claimed by two domains", metadata: ["count": "\(claimed)"]) }
    if missing > 0 { logger.info("objects are missing, perhaps moved", metadata: ["count": "\(missing)"]) }
  }

  /// Nil when there is none.
  var reason: String? {
    let parts = [
      claimed > 0 ? "\(claimed) objects are claimed by two domains" : nil,
      missing > 0
        ? "\(missing) objects are gone from the directory and may have moved to another domain, which is read first"
        : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
