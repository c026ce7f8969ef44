import HTTPTransport
import Testing

@Suite struct ExchangeTests {
  @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], [nil, "", #"{"name":"Zoë"}"#])
  func `a request arrives as it was given`(method: String, body: String?) async throws {
    try await TransportFixture.with { fixture async throws in
      let headers = [HTTPHeader("Content-Type", "application/scim+json"), HTTPHeader("X-Empty", "")]
      let echo = try Echo(await fixture.send(method, "/echo", headers, body: body))
      #expect(echo.method == method)
      #expect(echo.body == body)
      #expect(echo.values(of: "Content-Type") == ["application/scim+json"])
      #expect(echo.values(of: "X-Empty") == [""])
      #expect(echo.values(of: "Expect").isEmpty)
      #expect(echo.values(of: "Content-Length") == (body.map { ["\($0.utf8.count)"] } ?? []))
    }
  }

  @Test func `HEAD does not wait for a body`() async throws {
    try await TransportFixture.with { fixture async throws in
      let response = try await fixture.send("HEAD", "/echo")
      #expect(response.status == 200)
      #expect(response.body.isEmpty)
    }
  }

  @Test(arguments: [200, 204, 301, 307, 400, 401, 404, 409, 429, 500, 503])
  func `every status is an answer, and no redirect is followed`(status: Int) async throws {
    try await TransportFixture.with { fixture async throws in
      let response = try await fixture.send("GET", "/status?\(status)")
      #expect(response.status == status)
      #expect(try await fixture.count("/echo") == 0)
    }
  }

  @Test func `interim answers leave no headers behind`() async throws {
    try await TransportFixture.with { fixture async throws in
      let response = try await fixture.send("GET", "/interim")
      #expect(response.status == 200)
      #expect(response.header("x-final") == "yes")
      #expect(response.header("Link") == nil)
      #expect(response.text == "final")
    }
  }

  @Test func `a chunked body is put together and its trailers are dropped`() async throws {
    try await TransportFixture.with { fixture async throws in
      let response = try await fixture.send("GET", "/chunked")
      #expect(response.text == "one two three")
      #expect(response.header("X-Trailer") == nil)
    }
  }

  @Test func `a compressed body arrives decoded`() async throws {
    try await TransportFixture.with { fixture async throws in
      let response = try await fixture.send("GET", "/gzip?100000")
      #expect(response.body == [UInt8](repeating: UInt8(ascii: "y"), count: 100_000))
    }
  }

  @Test func `a large body goes out whole`() async throws {
    try await TransportFixture.with { fixture async throws in
      let body = String(repeating: "0123456789", count: 300_000)
      let echo = try Echo(await fixture.send("POST", "/echo", [HTTPHeader("Content-Type", "text/plain")], body: body))
      #expect(echo.body == body)
    }
  }

  @Test func `a Unix socket is reached by path, with the host of the URL`() async throws {
    try await TransportFixture.with { fixture async throws in
      var request = HTTPRequest(method: "GET", url: "http://localhost/any/echo")
      request.unixSocket = fixture.server.socketPath
      let echo = try Echo(await fixture.transport.send(request))
      #expect(echo.values(of: "Host") == ["localhost"])
    }
  }

  @Test func `two hundred requests at once are all answered`() async throws {
    try await TransportFixture.with { fixture async throws in
      try await withThrowingTaskGroup(of: String?.self) { group in
        for number in 0..<200 {
          group.addTask {
            try Echo(await fixture.send("POST", "/echo", [HTTPHeader("Content-Type", "text/plain")], body: "\(number)"))
              .body
          }
        }
        let bodies = try await group.reduce(into: Set<String>()) { if let body = $1 { $0.insert(body) } }
        #expect(bodies.count == 200)
      }
      #expect(try await fixture.count("/echo") == 200)
    }
  }

  @Test func `a connection is used again`() async throws {
    try await TransportFixture.with { fixture async throws in
      let first = try Echo(await fixture.send("GET", "/echo"))
      let second = try Echo(await fixture.send("POST", "/echo", body: "x"))
      #expect(first.connection == second.connection)
    }
  }
}
