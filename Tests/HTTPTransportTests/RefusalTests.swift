import HTTPTransport
import Testing

@Suite struct RefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (inout HTTPRequest) -> Void
  }

  static let cases = [
    Case(testDescription: "line break in a header value") { $0.headers = [HTTPHeader("X", "a\r\nX-Evil: b")] },
    Case(testDescription: "line feed in a header value") { $0.headers = [HTTPHeader("X", "a\nX-Evil: b")] },
    Case(testDescription: "NUL in a header value") { $0.headers = [HTTPHeader("X", "a\0b")] },
    Case(testDescription: "line break in a header name") { $0.headers = [HTTPHeader("X: a\r\nX-Evil", "b")] },
    Case(testDescription: "colon in a header name") { $0.headers = [HTTPHeader("X:", "b")] },
    Case(testDescription: "empty header name") { $0.headers = [HTTPHeader("", "b")] },
    Case(testDescription: "line break in the method") { $0.method = "GET /echo HTTP/1.1\r\nX-Evil: b\r\n\r\nGET" },
    Case(testDescription: "blank in the method") { $0.method = "GET /other" },
    Case(testDescription: "line break in the URL") { $0.url += "\r\nX-Evil: b" },
    Case(testDescription: "NUL in the URL") { $0.url += "\0" },
    Case(testDescription: "another scheme") { $0.url = "file:///etc/passwd" },
    Case(testDescription: "no URL") { $0.url = "http://" },
  ]

  @Test(arguments: cases)
  func `what could smuggle is refused before anything is sent`(_ case: Case) async throws {
    try await TransportFixture.with { fixture async throws in
      var request = HTTPRequest(method: "GET", url: fixture.url("/echo"))
      `case`.change(&request)
      let error = try #require(await fixture.error(of: request))
      #expect(error.kind == .invalidRequest)
      #expect(error.wasNotSent)
      #expect(!error.message.contains("X-Evil"))
      #expect(try await fixture.count("/echo") == 0)
    }
  }

  @Test func `a body beyond the limit ends the exchange`() async throws {
    try await TransportFixture.with { fixture async throws in
      for (path, isTooLarge) in [
        ("/bytes?1000", false), ("/bytes?1001", true), ("/gzip?1000", false), ("/gzip?1001", true),
      ] {
        var request = HTTPRequest(method: "GET", url: fixture.url(path))
        request.maximumBodySize = 1000
        let error = await fixture.error(of: request)
        #expect(error?.kind == (isTooLarge ? .bodyTooLarge : nil), "\(path)")
        #expect(error?.wasNotSent != true)
      }
    }
  }

  @Test func `endless headers end the exchange`() async throws {
    try await TransportFixture.with { fixture async throws in
      let error = try #require(
        await fixture.error(of: HTTPRequest(method: "GET", url: fixture.url("/head?270")))
      )
      #expect(error.kind == .interrupted)
      #expect(error.message == "127.0.0.1: the headers of the answer exceed 256 KiB")
    }
  }
}
