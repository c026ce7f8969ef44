import CCurl

/// Owner of one easy handle.
@safe final class EasyHandle {
  let pointer: UnsafeMutableRawPointer

  init?() {
    guard let pointer = unsafe curl_easy_init() else { return nil }
    unsafe self.pointer = unsafe pointer
  }

  deinit {
    unsafe curl_easy_cleanup(pointer)
  }

  /// Forgets all options; connections stay with the multi handle.
  func reset() {
    unsafe curl_easy_reset(pointer)
  }

  func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
    try check(unsafe ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, _ flag: Bool) throws(HTTPError) {
    try set(option, flag ? 1 : 0)
  }

  func set(_ option: CURLoption, offset value: Int) throws(HTTPError) {
    try check(unsafe ccurl_set_offset(pointer, option, curl_off_t(value)))
  }

  func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
    try check(unsafe ccurl_set_string(pointer, option, value))
  }

  /// The memory must live until the transfer has ended.
  func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(HTTPError) {
    try check(unsafe ccurl_set_pointer(pointer, option, value))
  }

  func set(_ option: CURLoption, _ callback: ccurl_data_callback) throws(HTTPError) {
    try check(unsafe ccurl_set_callback(pointer, option, callback))
  }

  var status: Int { number(CURLINFO_RESPONSE_CODE) }

  /// Zero if and only if nothing of the request was sent. Counts what went to a proxy too.
  var requestBytesSent: Int { number(CURLINFO_REQUEST_SIZE) }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    unsafe ccurl_get_long(pointer, info, &value)
    return value
  }

  private func check(_ code: CURLcode) throws(HTTPError) {
    guard code == CURLE_OK else {
      throw HTTPError(
        .invalidRequest,
        "libcurl refuses the request: \(unsafe String(cString: curl_easy_strerror(code)))",
        wasNotSent: true
      )
    }
  }
}
