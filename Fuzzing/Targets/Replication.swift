@testable import ActiveDirectory
import Model

extension FuzzTarget {
  static let dirSyncCookie = FuzzTarget("dirsync-cookie", maximumSize: 256) { input in
    guard let cookie = DirSyncCookie(input.bytes) else { return }
    let vector = cookie.vector.map { written($0, version: 1) } ?? []
    require(vector.count <= input.bytes.count, "the vector is a part of the cookie")
    let again = DirSyncCookie(
      Array("MSDS".utf8) + littleEndian(UInt32(3)) + [UInt8](repeating: 0, count: 16)
        + littleEndian(UInt32(vector.count))
        + [UInt8](repeating: 0, count: 16) + littleEndian(cookie.usn) + cookie.invocationID.bytes + vector
    )
    require(again == cookie, "the written form reads as the same cookie")
    require((cookie.covered == nil) == (cookie.vector == nil), "only with a vector it tells what it covers")
    guard let covered = cookie.covered, let vector = cookie.vector else { return }
    require(covered.lacking(vector).isEmpty, "what is covered holds the vector")
    require(covered.cursors[cookie.invocationID].map { $0 >= cookie.usn } == true, "and what its issuer had")
  }

  static let upToDatenessVector = FuzzTarget("up-to-dateness-vector", maximumSize: 256) { input in
    guard let vector = UpToDatenessVector(input.bytes) else { return }
    require(vector.cursors.count <= input.bytes.count / 24, "there are as many cursors as were given")
    for version in [1, 2] as [UInt32] {
      require(UpToDatenessVector(written(vector, version: version)) == vector, "the written form reads as the same")
    }
    require(vector.lacking(vector).isEmpty, "it has all that it has itself")
    for (invocationID, usn) in vector.cursors.prefix(1) {
      var more = vector
      more.raise(invocationID, to: .max)
      require(vector.lacking(more) == (usn == .max ? [] : [invocationID]), "it lacks what is more")
      require(more.lacking(vector).isEmpty, "what was raised holds what it was raised from")
    }
  }

  private static func written(_ vector: UpToDatenessVector, version: UInt32) -> [UInt8] {
    let head = [version, 0, UInt32(vector.cursors.count), 0].flatMap { littleEndian($0) }
    return vector.cursors.reduce(into: head) { bytes, cursor in
      bytes += cursor.key.bytes + littleEndian(cursor.value) + (version == 2 ? littleEndian(UInt64.max) : [])
    }
  }

  static let pollingCookie = FuzzTarget("polling-cookie", maximumSize: 128) { input in
    if let read = PollingCookie(input.bytes) { require(read.bytes == input.bytes, "the bytes are kept") }
    var fields = LittleEndianBytes(input.bytes)
    guard let invocationID = fields.guid(), let usn = fields.number(Int64.self), let more = fields.number(Int64.self),
      let time = fields.number(Int64.self), let place = fields.number(UInt16.self)
    else { return }
    let now = Timestamp(milliseconds: max(0, time))
    let first = PollingCookie(invocationID: invocationID, usn: usn, time: now)
    let next = first.advanced(to: max(first.recent, more), now: Timestamp(milliseconds: more))
    require(next.settled >= first.settled && next.settled <= first.recent, "nothing is skipped and nothing given back")
    for cookie in [first, next] where cookie.time.milliseconds >= 0 {
      require(PollingCookie(cookie.bytes) == cookie, "the written form reads as the same cookie")
      var damaged = cookie.bytes
      damaged[Int(place >> 8) % damaged.count] ^= max(1, UInt8(truncatingIfNeeded: place))
      require(PollingCookie(damaged) == nil, "a damaged one is refused")
    }
  }
}
