/// An objectGUID: 16 raw bytes in the directory's order (MS-DTYP 2.3.4).
///
/// In the string form the first three fields are little-endian, so `description` is not a plain hex dump of the bytes.
package struct GUID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Fails unless there are exactly 16 bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
    }
    self.high = high
    self.low = low
  }

  package var bytes: [UInt8] {
    (0..<16).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - 8 * (index % 8)))
    }
  }
}

extension GUID {
  /// Where the byte of each pair of hex digits of the string form stands among the raw bytes.
  private static let stringOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

  /// Reads `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in either case.
  package init?(_ text: some StringProtocol) {
    let utf8 = Array(text.utf8)
    guard utf8.count == 36, [8, 13, 18, 23].allSatisfy({ utf8[$0] == UInt8(ascii: "-") }) else { return nil }
    let digits = utf8.enumerated().filter { ![8, 13, 18, 23].contains($0.offset) }.compactMap {
      hexValue(of: $0.element)
    }
    guard digits.count == 32 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    for (index, place) in Self.stringOrder.enumerated() {
      bytes[place] = digits[2 * index] << 4 | digits[2 * index + 1]
    }
    self.init(bytes: bytes)
  }
}

extension GUID: CustomStringConvertible {
  package var description: String {
    let raw = bytes
    var text = ""
    text.reserveCapacity(36)
    for (index, place) in Self.stringOrder.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(hexDigits(of: raw[place]))
    }
    return text
  }
}

extension GUID: Comparable {
  package static func < (left: GUID, right: GUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
