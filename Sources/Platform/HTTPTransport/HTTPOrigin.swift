import CCurl

/// Where a URL leads, as libcurl itself reads it: what is checked here is what will be connected to.
package struct HTTPOrigin: Hashable, Sendable {
  /// `http` or `https`.
  package let scheme: String
  /// Lower case, an IPv6 address without brackets.
  package let host: String
  /// Whether the URL is only an origin and a path: no user, password, query or fragment.
  package let isPlain: Bool

  /// Nil when it is no absolute HTTP URL.
  package init?(_ url: String) {
    guard !url.utf8.contains(0), let parsed = unsafe curl_url() else { return nil }
    defer { unsafe curl_url_cleanup(parsed) }
    guard unsafe curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK else { return nil }

    func part(_ part: CURLUPart) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard unsafe curl_url_get(parsed, part, &text, 0) == CURLUE_OK, let text = unsafe text else { return nil }
      defer { unsafe curl_free(text) }
      return unsafe String(cString: text)
    }

    guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), ["http", "https"].contains(scheme),
      let host = part(CURLUPART_HOST)?.lowercased()
    else { return nil }
    self.scheme = scheme
    self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    isPlain = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT].allSatisfy { part($0) == nil }
  }

  /// Whether what is sent there stays on this machine.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
