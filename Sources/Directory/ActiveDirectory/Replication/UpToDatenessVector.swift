import Model

/// For each domain controller, by invocationID, the highest USN up to which all of its own changes have arrived
/// (MS-DRSR 5.166).
struct UpToDatenessVector: Equatable {
  private(set) var cursors: [GUID: Int64]

  /// Forests have a few thousand domain controllers at most, with all those that there ever were.
  static let maximumCount = 100_000

  init(_ cursors: [GUID: Int64] = [:]) { self.cursors = cursors }

  /// Reads version 1, as in cookies, or version 2, as in replUpToDateVector (MS-DRSR 5.165, 5.166).
  ///
  /// Nil when the bytes are no such structure; what follows it is ignored.
  init?(_ bytes: some Collection<UInt8>) {
    var bytes = LittleEndianBytes(bytes)
    guard let version = bytes.number(UInt32.self), version == 1 || version == 2, bytes.number(UInt32.self) != nil,
      let count = bytes.number(UInt32.self), count <= Self.maximumCount, bytes.number(UInt32.self) != nil,
      Int(count) * (version == 1 ? 24 : 32) <= bytes.count
    else { return nil }
    cursors = Dictionary(minimumCapacity: Int(count))
    for _ in 0..<count {
      guard let invocationID = bytes.guid(), let usn = bytes.number(Int64.self) else { return nil }
      if version == 2, bytes.number(UInt64.self) == nil { return nil }  // time of the last replication
      raise(invocationID, to: usn)
    }
  }

  mutating func raise(_ invocationID: GUID, to usn: Int64) {
    cursors[invocationID] = max(cursors[invocationID] ?? usn, usn)
  }

  /// Those of `other` of which this one has not all changes.
  func lacking(_ other: UpToDatenessVector) -> [GUID] {
    other.cursors.filter { cursors[$0.key].map { [usn = $0.value] in $0 < usn } ?? ($0.value > 0) }.map(\.key).sorted()
  }
}
