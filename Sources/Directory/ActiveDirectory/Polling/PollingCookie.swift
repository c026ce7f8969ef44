import Model

/// How far the polling of uSNChanged got, as the engine stores it in the place of a cookie of DirSync.
///
/// USNs are taken in order, but nothing says that they are committed in order. So what was seen lately is asked for again:
/// a new query begins above `settled`, which is some minutes old.
struct PollingCookie: Equatable {
  let invocationID: GUID
  /// Everything up to here is known for good.
  let settled: Int64
  /// highestCommittedUSN at `time`; on its way to become `settled`.
  let recent: Int64
  let time: Timestamp

  /// How old `recent` must be to be settled. No transaction of AD takes that long.
  static let window: Duration = .seconds(300)

  private static let signature = Array("ADPUSN".utf8) + [0, 1]
  private static let size = 56

  /// The first one, of a reading of everything that began at that USN. No older USN is known, so a number is taken off.
  init(invocationID: GUID, usn: Int64, time: Timestamp) {
    let usn = max(0, usn)
    self.init(invocationID: invocationID, settled: max(0, usn - 5000), recent: usn, time: time)
  }

  init(invocationID: GUID, settled: Int64, recent: Int64, time: Timestamp) {
    self.invocationID = invocationID
    self.settled = settled
    self.recent = recent
    self.time = time
  }

  /// Nil for bytes of any other kind, damaged ones included.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size, bytes.starts(with: Self.signature) else { return nil }
    var fields = LittleEndianBytes(bytes.dropFirst(Self.signature.count))
    guard let invocationID = fields.guid(), let settled = fields.number(Int64.self),
      let recent = fields.number(Int64.self), let time = fields.number(Int64.self),
      fields.number(UInt64.self) == Self.checksum(of: bytes.prefix(Self.size - 8)), 0 <= settled, settled <= recent,
      time >= 0
    else { return nil }
    self.init(
      invocationID: invocationID,
      settled: settled,
      recent: recent,
      time: Timestamp(milliseconds: time)
    )
  }

  var bytes: [UInt8] {
    var bytes = Self.signature + invocationID.bytes
    for number in [settled, recent, time.milliseconds] { bytes += Self.littleEndian(UInt64(bitPattern: number)) }
    return bytes + Self.littleEndian(Self.checksum(of: bytes[...]))
  }

  /// The one after a query that began at `now`, when the highest USN was `usn`.
  func advanced(to usn: Int64, now: Timestamp) -> PollingCookie {
    // A clock that was set back only makes the window wider.
    if now < time { return PollingCookie(invocationID: invocationID, settled: settled, recent: recent, time: now) }
    guard now.milliseconds - time.milliseconds >= Self.window.milliseconds else { return self }
    return PollingCookie(invocationID: invocationID, settled: recent, recent: usn, time: now)
  }

  private static func littleEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }

  /// FNV-1a: against damage, not against malice; the store is ours.
  private static func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
