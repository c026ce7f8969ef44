import HTTPTransport
import Testing

@Suite struct FailureTests {
  @Test func `a refused connection is unreachable and nothing was sent`() async throws {
    try await TransportFixture.with { fixture async throws in
      // Port 1 is privileged and nobody's.
      let error = try #require(
        await fixture.error(of: HTTPRequest(method: "POST", url: "http://127.0.0.1:1/", body: [65]))
      )
      #expect(error.kind == .unreachable)
      #expect(error.wasNotSent)
      #expect(error.message.hasPrefix("cannot reach 127.0.0.1: "))
    }
  }

  @Test func `a missing socket is unreachable and nothing was sent`() async throws {
    try await TransportFixture.with { fixture async throws in
      var request = HTTPRequest(method: "GET", url: "http://localhost/")
      request.unixSocket = "/nonexistent/socket"
      let error = try #require(await fixture.error(of: request))
      #expect(error.kind == .unreachable)
      #expect(error.wasNotSent)
    }
  }

  @Test func `TLS with a server that knows none fails as TLS`() async throws {
    try await TransportFixture.with { fixture async throws in
      let url = fixture.url("/echo").replacing("http:", with: "https:")
      let error = try #require(await fixture.error(of: HTTPRequest(method: "POST", url: url, body: [65])))
      #expect(error.kind == .tls)
      #expect(error.wasNotSent)
    }
  }

  @Test func `silence ends with a time-out, outcome unknown`() async throws {
    try await TransportFixture.with { fixture async throws in
      var request = HTTPRequest(method: "POST", url: fixture.url("/silent"), body: [65])
      request.timeout = .milliseconds(200)
      let error = try #require(await fixture.error(of: request))
      #expect(error.kind == .timeout)
      #expect(!error.wasNotSent)
      #expect(try await fixture.count("/silent") == 1)
    }
  }

  @Test(arguments: ["GET", "POST", "PATCH", "DELETE"])
  func `a reset after the request was read leaves the outcome unknown`(method: String) async throws {
    try await TransportFixture.with { fixture async throws in
      let body = method == "POST" || method == "PATCH" ? Array("{}".utf8) : nil
      let error = try #require(
        await fixture.error(of: HTTPRequest(method: method, url: fixture.url("/reset"), body: body))
      )
      #expect(error.kind == .interrupted)
      #expect(!error.wasNotSent)
      #expect(try await fixture.count("/reset") == 1)
    }
  }

  @Test(arguments: [nil, "", "{}"])
  func `a POST is never repeated in silence when a used connection closes`(body: String?) async throws {
    try await TransportFixture.with { fixture async throws in
      #expect(try await fixture.send("POST", "/tired-first", body: "{}").text == "once")
      // On the same connection, where the server reads it and hangs up; without a body on a fresh one, where it answers.
      let outcome = await fixture.error(
        of: HTTPRequest(method: "POST", url: fixture.url("/tired-second"), body: body.map { Array($0.utf8) })
      )
      #expect(try await fixture.count("/tired-second") == 1)
      if body == "{}" {
        #expect(outcome?.kind == .interrupted)
        #expect(outcome?.wasNotSent == false)
      } else {
        #expect(outcome == nil)
      }
    }
  }

  @Test func `a body cut short is no answer`() async throws {
    try await TransportFixture.with { fixture async throws in
      let error = try #require(await fixture.error(of: HTTPRequest(method: "GET", url: fixture.url("/cut"))))
      #expect(error.kind == .interrupted)
    }
  }

  @Test func `no error names a header`() async throws {
    try await TransportFixture.with { fixture async throws in
      for path in ["/reset", "/cut", "/silent"] {
        var request = HTTPRequest(method: "POST", url: fixture.url(path), body: [65])
        request.headers = [HTTPHeader("Authorization", "Bearer swordfish")]
        request.timeout = .milliseconds(200)
        let error = try #require(await fixture.error(of: request))
        #expect(!error.message.contains("swordfish"))
        #expect(error.message.contains("127.0.0.1"))
      }
    }
  }
}
