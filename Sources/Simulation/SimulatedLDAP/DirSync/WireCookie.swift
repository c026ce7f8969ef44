import Model

/// A cookie of DirSync as Windows writes it (MS-DRSR 5.115.2.1, whose signature is printed backwards).
struct WireCookie: Equatable, Sendable {
  struct Cursor: Equatable, Sendable {
    let invocationID: GUID
    let usn: Int64
  }

  var time: Timestamp
  var invocationID: GUID
  /// usnHighObjUpdate.
  var usn: Int64
  /// usnHighPropUpdate.
  var valueUSN: Int64
  /// Only at the end of a cycle.
  var cursors: [Cursor]?

  init(time: Timestamp, invocationID: GUID, usn: Int64, valueUSN: Int64, cursors: [Cursor]?) {
    self.time = time
    self.invocationID = invocationID
    self.usn = usn
    self.valueUSN = valueUSN
    self.cursors = cursors
  }

  var bytes: [UInt8] {
    var writer = LittleEndianWriter()
    writer.append("MSDS".utf8)
    writer.append(UInt32(3))
    writer.append(time.fileTime)
    writer.append(UInt64(0))
    writer.append(UInt32(cursors.map { 16 + 24 * $0.count } ?? 0))
    for number in [usn, 0, valueUSN] { writer.append(number) }
    writer.append(invocationID.bytes)
    guard let cursors else { return writer.bytes }
    for number in [1, 0, UInt32(cursors.count), 0] { writer.append(number) }
    for cursor in cursors {
      writer.append(cursor.invocationID.bytes)
      writer.append(cursor.usn)
    }
    return writer.bytes
  }

  /// Nil for what is refused; a vector that is cut off only counts as none (MS-DRSR 5.115.11).
  init?(_ bytes: [UInt8]) {
    var reader = LittleEndianReader(bytes)
    guard reader.take(4).map({ Array($0) == Array("MSDS".utf8) }) == true, reader.number(UInt32.self) == 3,
      let time = reader.number(Int64.self), reader.take(8) != nil, let size = reader.number(UInt32.self),
      let usn = reader.number(Int64.self), reader.take(8) != nil, let valueUSN = reader.number(Int64.self),
      let invocationID = reader.guid()
    else { return nil }
    self.time = Timestamp(fileTime: time)
    self.usn = usn
    self.valueUSN = valueUSN
    self.invocationID = invocationID
    cursors = Self.cursors(&reader, size: Int(size))
  }

  private static func cursors(_ reader: inout LittleEndianReader, size: Int) -> [Cursor]? {
    guard size <= reader.count, reader.number(UInt32.self) == 1, reader.take(4) != nil,
      let count = reader.number(UInt32.self), reader.take(4) != nil, Int(count) * 24 <= reader.count
    else { return nil }
    var cursors: [Cursor] = []
    for _ in 0..<count {
      guard let invocationID = reader.guid(), let usn = reader.number(Int64.self) else { return nil }
      cursors.append(Cursor(invocationID: invocationID, usn: usn))
    }
    return cursors
  }
}

extension Timestamp {
  private static let epochDifference: Int64 = 11_644_473_600_000

  /// A FILETIME (MS-DTYP 2.3.3).
  var fileTime: Int64 { (milliseconds + Self.epochDifference) * 10_000 }

  init(fileTime: Int64) { self.init(milliseconds: fileTime / 10_000 - Self.epochDifference) }
}
