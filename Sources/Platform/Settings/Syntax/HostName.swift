/// Names of hosts and domains as DNS and Active Directory allow them (RFC 1123 section 2.1; AD also has underscores).
enum HostName {
  /// Whether the text is a DNS name, without a dot at its end.
  static func isName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else { return false }
    // A name that ends in a number would be taken for an address (RFC 1123 section 2.1).
    return !last.utf8.allSatisfy(isDigit)
  }

  /// Whether the text is an IPv4 address in dotted form.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit) && UInt8(part) != nil
      }
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
      && label.utf8.allSatisfy(DocumentLayout.isBareKeyByte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
