import CCurl

/// Memory that libcurl uses in place during a transfer.
@safe final class TransferMemory {
  let errorBuffer: UnsafeMutablePointer<CChar>
  private(set) var headers: UnsafeMutablePointer<curl_slist>?

  init() {
    unsafe errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe errorBuffer.deallocate()
    unsafe curl_slist_free_all(headers)
  }

  /// libcurl's own words for what went wrong; empty when it has none.
  var errorText: String { unsafe String(cString: errorBuffer) }

  func append(header line: String) throws(HTTPError) {
    guard let longer = unsafe curl_slist_append(headers, line) else {
      throw HTTPError(.interrupted, "libcurl has no memory for a request", wasNotSent: true)
    }
    unsafe headers = unsafe longer
  }
}
