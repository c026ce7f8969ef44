import HTTPTransport
import Testing

@Suite struct TrustTests {
  @Test func `a certificate of a CA that is named is trusted`() async throws {
    try await TransportFixture.with { fixture async throws in
      var request = HTTPRequest(method: "POST", url: fixture.tlsURL("/echo"), body: Array("{}".utf8))
      request.caFile = fixture.server.certificatePath
      #expect(try Echo(await fixture.transport.send(request)).body == "{}")
    }
  }

  @Test func `an unknown CA, another host and a missing CA file are refused before anything is sent`() async throws {
    try await TransportFixture.with { fixture async throws in
      let ours = fixture.server.certificatePath
      for (url, caFile) in [
        (fixture.tlsURL("/echo"), nil), (fixture.tlsURL("/echo", host: "localhost"), ours),
        (fixture.tlsURL("/echo"), ours + ".none"),
      ] {
        var request = HTTPRequest(method: "POST", url: url, body: Array("{}".utf8))
        request.caFile = caFile
        let error = try #require(await fixture.error(of: request))
        #expect(error.kind == .tls)
        #expect(error.wasNotSent)
      }
      #expect(try await fixture.count("/echo") == 0)
    }
  }

  @Test func `trust given to one request is not lent to another`() async throws {
    try await TransportFixture.with { fixture async throws in
      var request = HTTPRequest(method: "GET", url: fixture.tlsURL("/echo"))
      request.caFile = fixture.server.certificatePath
      #expect(try await fixture.transport.send(request).status == 200)
      request.caFile = nil
      #expect(await fixture.error(of: request)?.kind == .tls)
    }
  }
}
