/// A digest of a sequence of texts: two FNV-1a sums of 64 bits each. It tells whether what a person has seen is still the same;
/// whoever could bring about another set with the same digest could approve it as well.
struct SetDigest {
  private var sums: (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4)

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) {
    sums.0 = (sums.0 ^ UInt64(byte)) &* 0x100_0000_01b3
    sums.1 = (sums.1 ^ UInt64(byte ^ 0x5A)) &* 0x100_0000_01b3
  }

  var text: String {
    [sums.0, sums.1].map { sum in
      let digits = String(sum, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
