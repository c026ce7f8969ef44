import CCurl

/// HTTP cannot be used on this machine at all.
package struct CurlUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}

enum CurlLibrary {
  /// 7.87 brought QUICK_EXIT, without which a slow name server stops every transfer.
  private static let oldestVersion: UInt32 = 0x07_57_00

  /// Initialises libcurl, once for the process, and judges the version found at run time.
  static func check() throws(CurlUnavailable) {
    if let failure { throw failure }
  }

  private static let failure: CurlUnavailable? = {
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
      return CurlUnavailable("libcurl does not initialise")
    }
    guard let info = unsafe curl_version_info(CURLVERSION_FIRST) else {
      return CurlUnavailable("libcurl does not tell its version")
    }
    guard unsafe info.pointee.version_num >= oldestVersion else {
      return CurlUnavailable(
        "libcurl \(unsafe String(cString: info.pointee.version)) is too old; install 7.87 or newer"
      )
    }
    return nil
  }()
}
