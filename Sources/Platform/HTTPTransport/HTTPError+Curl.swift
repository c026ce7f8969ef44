import CCurl

extension HTTPError {
  static let closed = HTTPError(.closed, "the HTTP transport was shut down", wasNotSent: true)

  init(_ kind: Kind, _ message: String, wasNotSent: Bool) {
    self.init(kind: kind, message: message, wasNotSent: wasNotSent)
  }

  init(_ code: CURLMcode, wasNotSent: Bool) {
    let reason = unsafe String(cString: curl_multi_strerror(code))
    self.init(kind: .interrupted, message: "libcurl cannot go on: \(reason)", wasNotSent: wasNotSent)
  }

  /// `detail` is libcurl's text for this very transfer, better than the one for the code.
  init(_ code: CURLcode, host: String, detail: String, wasNotSent: Bool) {
    let kind = Kind(code)
    let reason = detail.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : detail.printable
    let message =
      switch kind {
      case .invalidRequest: "the request to \(host) is unusable: \(reason)"
      case .unreachable: "cannot reach \(host): \(reason). Check its address, the network and any proxy"
      case .tls: "no trusted TLS connection to \(host): \(reason). Name the CA that issued its certificate as ca-file"
      case .timeout: "\(host) did not answer in time: \(reason)"
      case .bodyTooLarge, .interrupted, .closed: "the exchange with \(host) broke off: \(reason)"
      }
    self.init(kind: kind, message: message, wasNotSent: wasNotSent)
  }
}

extension HTTPError.Kind {
  fileprivate init(_ code: CURLcode) {
    self =
      switch code {
      case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: .invalidRequest
      case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PROXY: .unreachable
      case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
        CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CLIENTCERT:
        .tls
      case CURLE_OPERATION_TIMEDOUT: .timeout
      default: .interrupted
      }
  }
}

extension String {
  /// Parts of libcurl's texts come from the server.
  fileprivate var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
  }
}
