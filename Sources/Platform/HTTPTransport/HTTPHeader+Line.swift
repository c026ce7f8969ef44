extension HTTPHeader {
  /// Nil for the empty line that ends a head, and for folded lines, which RFC 9112 (section 5.2) has abolished.
  init?(line: String) {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon != line.startIndex else { return nil }
    let name = line[..<colon]
    guard !name.utf8.contains(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else { return nil }
    var value = line[line.utf8.index(after: colon)...]
    // Character by character: CR LF is one of them in Swift.
    while let first = value.first, first.isWhitespace { value.removeFirst() }
    while let last = value.last, last.isWhitespace { value.removeLast() }
    self.init(String(name), String(value))
  }
}
