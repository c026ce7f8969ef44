import Model

/// The objectGUID of the object with a number: scattered as those of AD are, and from which the number can be told.
enum GeneratedIdentity {
  /// Odd, so that multiplying by it can be undone.
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let inverse: UInt64 = 0xF1DE_83E1_9937_733D

  static func guid(_ index: Int) -> GUID {
    let low = (UInt64(index) &+ 1) &* factor
    var high = low ^ (low >> 31)
    high = (high &* factor) ^ (high >> 29)
    var writer = LittleEndianWriter()
    writer.append(high)
    writer.append(low)
    guard let guid = GUID(bytes: writer.bytes) else { preconditionFailure("two numbers are 16 bytes") }
    return guid
  }

  /// Nil for a GUID that is none of these.
  static func index(_ guid: GUID) -> Int? {
    var reader = LittleEndianReader(guid.bytes)
    guard reader.number(UInt64.self) != nil, let low = reader.number(UInt64.self),
      let index = Int(exactly: (low &* inverse) &- 1), self.guid(index) == guid
    else { return nil }
    return index
  }
}
