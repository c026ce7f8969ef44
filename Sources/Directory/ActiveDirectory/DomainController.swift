/// Where a domain controller listens: `dc1.example.com`, `192.0.2.1:3890`, `[2001:db8::1]:636` or `2001:db8::1`.
package struct DomainController: Hashable, Sendable {
  package let host: String
  /// Nil means the port that goes with the way of protection.
  package let port: UInt16?

  package init(host: String, port: UInt16? = nil) {
    self.host = host
    self.port = port
  }

  /// Nil when the text is not in one of these forms.
  package init?(_ text: String) {
    let host: Substring
    let rest: Substring
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
      host = text[..<colon]
      rest = text[colon...]
    } else {
      host = text[...]
      rest = ""
    }
    let isHost = !host.isEmpty && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._:".contains($0)) }
    // Every IPv6 address has two colons, and with one the text would mean a port.
    guard isHost, host.utf8.count(where: { $0 == UInt8(ascii: ":") }) != 1 else { return nil }
    if rest.isEmpty {
      self.init(host: String(host))
    } else {
      guard rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
      self.init(host: String(host), port: port)
    }
  }
}

extension DomainController: CustomStringConvertible {
  package var description: String {
    guard let port else { return host }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
