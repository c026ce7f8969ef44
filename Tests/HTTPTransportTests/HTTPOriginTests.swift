import HTTPTransport
import Testing

@Suite struct HTTPOriginTests {
  @Test(arguments: [
    ("http://localhost:8080/v2", true), ("https://127.0.0.1/", true), ("http://127.9.8.7", true),
    ("http://[::1]:80/", true), ("HTTP://LOCALHOST", true),
    ("http://127.0.0.1.example.com/", false), ("http://localhost.example.com/", false),
    ("http://localhost@example.com/", false), ("http://example.com/localhost", false),
    ("http://[::2]/", false), ("http://10.0.0.1", false),
  ])
  func `only what stays on this machine is loopback`(url: String, isLoopback: Bool) throws {
    #expect(try #require(HTTPOrigin(url)).isLoopback == isLoopback)
  }

  @Test(arguments: ["", "v2", "ftp://localhost/", "/etc/passwd", "file:///etc/passwd", "http://", "http://a\0b/"])
  func `what is no HTTP URL has no origin`(url: String) {
    #expect(HTTPOrigin(url) == nil)
  }

  @Test(arguments: [
    ("https://scim.example.com/v2", true), ("https://user@scim.example.com/v2", false),
    ("https://scim.example.com/v2?tenant=1", false), ("https://scim.example.com/v2#x", false),
  ])
  func `a plain URL is an origin and a path`(url: String, isPlain: Bool) throws {
    #expect(try #require(HTTPOrigin(url)).isPlain == isPlain)
  }
}
