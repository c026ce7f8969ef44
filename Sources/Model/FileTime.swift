/// The times of Active Directory: FILETIME, 100-nanosecond steps since 1601-01-01 UTC as a decimal number
/// (MS-DTYP 2.3.3).
package enum FileTime: Hashable, Sendable {
  /// 0 and the largest number both mean that it never comes, as in accountExpires (MS-ADTS ADSchema accountExpires). In
  /// pwdLastSet 0 has its own meaning, which is for the reader of that attribute.
  case never
  case at(Timestamp)

  private static let stepsPerMillisecond: Int64 = 10_000
  /// From 1601-01-01 to 1970-01-01.
  private static let millisecondsToUnix: Int64 = 11_644_473_600_000

  /// Nil unless it is a number that is not negative.
  package init?(_ text: some StringProtocol) {
    guard !text.isEmpty, text.utf8.count <= 19, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let steps = Int64(text)
    else { return nil }
    self.init(steps: steps)
  }

  package init?(steps: Int64) {
    guard steps >= 0 else { return nil }
    self =
      steps == 0 || steps == .max
      ? .never : .at(Timestamp(milliseconds: steps / Self.stepsPerMillisecond - Self.millisecondsToUnix))
  }
}

extension FileTime {
  /// The attributes of accounts that hold such times; to their other readers they are plain numbers (syntax LargeInteger).
  package static let attributes: Set<AttributeName> = [
    "accountExpires", "pwdLastSet", "lastLogonTimestamp", "lockoutTime", "badPasswordTime", "lastLogon", "lastLogoff",
    "msDS-LastSuccessfulInteractiveLogonTime", "msDS-LastFailedInteractiveLogonTime",
  ]
}
