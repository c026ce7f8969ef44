/// Mail addresses as `local@domain` (RFC 5321 section 4.1.2), without display name, quotes or address literal.
enum MailAddress {
  static func isValid(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254 else { return false }
    let local = parts[0]
    return (1...64).contains(local.utf8.count) && local.utf8.allSatisfy(isAtomByte)
      && !local.hasPrefix(".") && !local.hasSuffix(".") && !local.contains("..")
      && HostName.isName(String(parts[1]))
  }

  /// A character of an atom (RFC 5322 section 3.2.3), or the dot between two.
  private static func isAtomByte(_ byte: UInt8) -> Bool {
    DocumentLayout.isBareKeyByte(byte) || "!#$%&'*+/=?^`{|}~.".utf8.contains(byte)
  }
}
