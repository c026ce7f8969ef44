extension HTTPRequest {
  /// Refuses what would smuggle further headers or requests: libcurl passes on CR and LF in a method or a header as they
  /// are, and a C string ends at NUL.
  func validate() throws(HTTPError) {
    guard Self.isToken(method) else { throw .unusable("the method") }
    for header in headers {
      guard Self.isToken(header.name) else { throw .unusable("the name of a header") }
      guard Self.isPlain(header.value) else { throw .unusable("the value of the header \(header.name)") }
    }
    guard Self.isPlain(url) else { throw .unusable("the URL") }
    guard unixSocket.map(Self.isPlain) != false else { throw .unusable("the path of the socket") }
    guard caFile.map(Self.isPlain) != false else { throw .unusable("the path of the CA file") }
  }

  /// RFC 9110, section 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { ($0 >= 0x20 || $0 == UInt8(ascii: "\t")) && $0 != 0x7F }
  }
}

extension HTTPError {
  fileprivate static func unusable(_ place: String) -> HTTPError {
    HTTPError(.invalidRequest, "\(place) holds a character that is not allowed there", wasNotSent: true)
  }
}
