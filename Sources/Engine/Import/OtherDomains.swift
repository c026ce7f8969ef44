import Model

/// The domains that are read beside one, because an enabled configuration names them.
struct OtherDomains: Hashable, Sendable {
  /// DNS names, in lower case.
  var names: Set<String> = []

  /// Those that were ever read.
  func sources(in store: any StoreReader) throws -> Set<SourceID> {
    Set(try names.compactMap { try store.source(domain: $0)?.id })
  }

  /// Whether each of them was read from its beginning to the end of a cycle after that time, so that what it had got by
  /// then is known.
  func wereRead(after time: Timestamp, by now: Timestamp, in store: any StoreReader) throws -> Bool {
    try names.allSatisfy { name in
      guard let until = try store.source(domain: name)?.readUntil else { return false }
      // Of a clock that was ahead nothing follows.
      return until > time && until <= now
    }
  }
}
