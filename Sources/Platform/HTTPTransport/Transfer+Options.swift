import CCurl

extension Transfer {
  private static let connectTimeout = 10_000

  func setOptions() throws(HTTPError) {
    try handle.set(CURLOPT_NOSIGNAL, true)
    // Without it the end of a transfer waits for its name look-up, and all other transfers with it.
    try handle.set(CURLOPT_QUICK_EXIT, true)
    try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    try unsafe handle.set(CURLOPT_ERRORBUFFER, pointer: memory.errorBuffer)
    try setPlace()
    try setTime()
    try setMethodAndBody()
    try setHeaders()
    try setCallbacks()
  }

  private func setPlace() throws(HTTPError) {
    try handle.set(CURLOPT_URL, request.url)
    try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    let origin = HTTPOrigin(request.url)
    if let socket = request.unixSocket { try handle.set(CURLOPT_UNIX_SOCKET_PATH, socket) }
    // Empty means none, whatever the environment says: what is meant for this machine must not leave it.
    if request.unixSocket != nil || origin?.isLoopback == true { try handle.set(CURLOPT_PROXY, "") }
    // Rather share an HTTP/2 connection that is just being made than open another.
    if origin?.scheme == "https" { try handle.set(CURLOPT_PIPEWAIT, true) }
    try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    // Minimum and maximum TLS version stay unset: an option of ours would override the system's policy.
    if let caFile = request.caFile { try handle.set(CURLOPT_CAINFO, caFile) }
  }

  private func setTime() throws(HTTPError) {
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, Self.connectTimeout)
    try handle.set(CURLOPT_MAXAGE_CONN, Int(idleLimit.components.seconds))
    guard let timeout = request.timeout else { return }
    // Zero would mean no limit.
    let (seconds, attoseconds) = timeout.components
    let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    try handle.set(CURLOPT_TIMEOUT_MS, max(1, milliseconds))
  }

  /// The body is read by callback, without a way to rewind. libcurl repeats a request in silence when a connection used
  /// before closes without an answer; for want of rewinding it cannot do so with a body, and reports an error instead.
  private func setMethodAndBody() throws(HTTPError) {
    if request.method == "HEAD" {
      // Otherwise libcurl would wait for a body.
      try handle.set(CURLOPT_NOBODY, true)
    } else if let body = request.body {
      try handle.set(CURLOPT_POST, true)
      try handle.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
    }
    try handle.set(CURLOPT_CUSTOMREQUEST, request.method)
    // What cannot be repeated and has no body to prevent it gets a connection that nobody used before.
    let isRepeatable = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"].contains(request.method)
    if request.body?.isEmpty != false, !isRepeatable { try handle.set(CURLOPT_FRESH_CONNECT, true) }
  }

  private func setHeaders() throws(HTTPError) {
    for header in request.headers {
      // libcurl takes `Name:` as an order to leave the header out and `Name;` as an empty one.
      try memory.append(header: header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    // No waiting for 100 Continue.
    try memory.append(header: "Expect:")
    try unsafe handle.set(CURLOPT_HTTPHEADER, pointer: memory.headers)
    // Every coding that this libcurl can undo.
    try handle.set(CURLOPT_ACCEPT_ENCODING, "")
  }
}
