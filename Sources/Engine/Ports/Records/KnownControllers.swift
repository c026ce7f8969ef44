package import Model

/// What was last seen of each domain controller, by which a restored one and one that went back in time are told.
package struct KnownControllers: Hashable, Sendable {
  private var seen: [String: Seen] = [:]

  private struct Seen: Hashable, Sendable {
    var invocationID: GUID
    var highestUSN: Int64
  }

  package enum Verdict: Hashable, Sendable {
    case consistent
    /// It was restored from a backup and says so by a new invocationId (MS-ADTS 3.1.1.1.9).
    case restored
    /// It went back to an earlier state without saying so: the USN rollback.
    case wentBack
  }

  package init() {}

  package func verdict(on controller: String, invocationID: GUID, highestUSN: Int64) -> Verdict {
    guard let known = seen[controller.lowercased()] else { return .consistent }
    if known.invocationID != invocationID { return .restored }
    return highestUSN < known.highestUSN ? .wentBack : .consistent
  }

  package mutating func note(_ controller: String, invocationID: GUID, highestUSN: Int64) {
    seen[controller.lowercased()] = Seen(invocationID: invocationID, highestUSN: highestUSN)
  }
}

extension KnownControllers {
  package func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    writer.write(UInt64(seen.count))
    for (name, entry) in seen.sorted(by: { $0.key < $1.key }) {
      writer.write(name)
      writer.write(entry.invocationID.bytes)
      writer.write(UInt64(bitPattern: entry.highestUSN))
    }
    return writer.bytes
  }

  package init(encoded: [UInt8]) throws(BinaryCodingError) {
    var reader = BinaryReader(encoded)
    for _ in 0..<(try reader.readCount()) {
      let name = try reader.readString()
      guard let invocationID = GUID(bytes: try reader.readBytes()) else { throw .malformed }
      seen[name] = Seen(invocationID: invocationID, highestUSN: Int64(bitPattern: try reader.readNumber()))
    }
    guard reader.isAtEnd else { throw .malformed }
  }
}
