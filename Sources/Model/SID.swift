/// A security identifier in its binary form (MS-DTYP 2.4.2.2). Never a key: SIDs change when objects move between domains.
package struct SID: Hashable, Sendable {
  package let bytes: [UInt8]

  /// Fails unless revision is 1 and the length fits the number of sub-authorities.
  package init?(bytes: [UInt8]) {
    guard bytes.count >= 8, bytes[0] == 1, bytes[1] <= 15, bytes.count == 8 + 4 * Int(bytes[1]) else { return nil }
    self.bytes = bytes
  }

  private var subAuthorities: [UInt32] {
    (0..<Int(bytes[1])).map { index in
      (0..<4).reduce(0) { $0 | UInt32(bytes[8 + 4 * index + $1]) << UInt32(8 * $1) }
    }
  }

  /// The last sub-authority, by which a domain tells its accounts apart; nil for a SID without any.
  package var relativeIdentifier: UInt32? { subAuthorities.last }

  /// The SID of the account with that RID in the domain of which `self` is the SID; nil when it would be too long.
  package func account(_ relativeIdentifier: UInt32) -> SID? {
    var account = bytes
    account[1] += 1
    account.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: relativeIdentifier >> UInt32(8 * $0)) })
    return SID(bytes: account)
  }
}

extension SID: CustomStringConvertible {
  /// The `S-1-…` form (MS-DTYP 2.4.2.1).
  package var description: String {
    let authority = bytes[2..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return (["S-1", "\(authority)"] + subAuthorities.map { "\($0)" }).joined(separator: "-")
  }
}
