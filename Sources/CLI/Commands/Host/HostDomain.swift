/// The DNS name of the domain that this machine most likely belongs to.
enum HostDomain {
  /// The Kerberos realm, else the first search domain, else what follows the machine's own name.
  static func find(on host: Host) -> String? {
    let candidates = [{ realm(on: host) }, { searchDomain(on: host) }, { host.fullName().flatMap(parent) }]
    return candidates.lazy.compactMap { $0() }.map { $0.lowercased() }.first(where: isDomain)
  }

  private static func realm(on host: Host) -> String? {
    let paths = host.environment["KRB5_CONFIG"]?.split(separator: ":").map(String.init) ?? ["/etc/krb5.conf"]
    return paths.lazy.compactMap(host.readFile).compactMap(defaultRealm).first
  }

  private static func searchDomain(on host: Host) -> String? {
    host.readFile("/etc/resolv.conf").flatMap(firstSearchDomain)
  }

  /// krb5.conf(5): `default_realm` in `[libdefaults]`.
  static func defaultRealm(in text: String) -> String? {
    var section = ""
    for line in text.split(whereSeparator: \.isNewline).map({ trimmed($0) }) where !isComment(line) {
      if line.hasPrefix("[") {
        section = line
      } else if section == "[libdefaults]" {
        let parts = line.split(separator: "=", maxSplits: 1).map { trimmed($0) }
        if parts.count == 2, parts[0] == "default_realm" { return parts[1] }
      }
    }
    return nil
  }

  /// resolv.conf(5): `search` and `domain` exclude each other, and the last one counts.
  static func firstSearchDomain(in text: String) -> String? {
    var result: String?
    for line in text.split(whereSeparator: \.isNewline).map({ trimmed($0) }) where !isComment(line) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count > 1, words[0] == "search" || words[0] == "domain" {
        result = String(words[1].last == "." ? words[1].dropLast() : words[1])
      }
    }
    return result
  }

  private static func parent(_ name: String) -> String? {
    name.firstIndex(of: ".").map { String(name[name.index(after: $0)...]) }
  }

  /// A domain of Active Directory has at least two labels in practice; `localdomain` and the like are none.
  private static func isDomain(_ name: String) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1 && name.utf8.count < 256
      && labels.allSatisfy { label in
        !label.isEmpty
          && label.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || isAlphanumeric($0) }
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isComment(_ line: String) -> Bool { line.hasPrefix("#") || line.hasPrefix(";") }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let words = text.drop { $0.isWhitespace }
    return String(words[..<(words.lastIndex { !$0.isWhitespace }.map(words.index(after:)) ?? words.startIndex)])
  }
}
