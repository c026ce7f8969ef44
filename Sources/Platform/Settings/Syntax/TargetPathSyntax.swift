import Model

/// The target paths that a rule may name: `attribute`, `attribute.sub`, `attribute[sub eq "text"].sub`, each with or
/// without the URN of a schema in front. A part of the notation of RFC 7644 section 3.10: what one value can be put at.
enum TargetPathSyntax {
  /// Why the text is no such path; nil when it is one.
  static func flaw(of text: String) -> String? {
    var rest = text[...]
    guard text.utf8.count <= 512 else { return "it is longer than 512 bytes" }
    guard text.unicodeScalars.allSatisfy({ (0x20..<0x7F).contains($0.value) }) else {
      return "it holds a character that is not printable ASCII"
    }
    if text.lowercased().hasPrefix("urn:") {
      let head = rest.prefix { $0 != "[" }
      guard let colon = head.lastIndex(of: ":"), isSchema(head[..<colon]) else {
        return "it has no attribute after the URN of the schema"
      }
      rest = rest[rest.index(after: colon)...]
    }
    guard takeName(&rest) else { return "it must begin with the name of an attribute" }
    guard !rest.isEmpty else { return nil }
    if rest.first == "[" {
      guard takeFilter(&rest) else {
        return #"the part in brackets must have the form [type eq "work"]"#
      }
      guard rest.first == "." else { return "a sub-attribute such as .value must follow the brackets" }
    }
    guard rest.first == "." else { return "\(quotation(String(rest))) cannot follow the name of an attribute" }
    rest = rest.dropFirst()
    guard takeName(&rest), rest.isEmpty else { return "the sub-attribute after the dot is not a name" }
    return nil
  }

  private static func isSchema(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 3
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { DocumentLayout.isBareKeyByte($0) || $0 == UInt8(ascii: ".") }
      }
  }

  /// ATTRNAME of RFC 7644 section 3.4.2.2.
  private static func takeName(_ text: inout Substring) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    text = text.drop { $0.utf8.allSatisfy(DocumentLayout.isBareKeyByte) }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func takeFilter(_ text: inout Substring) -> Bool {
    guard let end = text.firstIndex(of: "]") else { return false }
    var filter = text[text.index(after: text.startIndex)..<end]
    text = text[text.index(after: end)...]
    guard takeName(&filter), filter.hasPrefix(#" eq ""#) else { return false }
    filter = filter.dropFirst(5)
    let value = filter.dropLast()
    return filter.last == "\"" && !value.isEmpty && !value.contains("\"") && !value.contains("\\")
  }
}
