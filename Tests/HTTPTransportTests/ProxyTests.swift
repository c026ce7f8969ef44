import Foundation
import HTTPTransport
import Testing

/// Each in a process of its own, for the sake of its environment.
@Suite struct ProxyTests {
  @Test func `a proxy in the environment is used for other machines`() async throws {
    await #expect(processExitsWith: .success) {
      try await TransportFixture.with { fixture async throws in
        unsafe setenv("http_proxy", fixture.server.origin, 1)
        // Only the proxy can have answered: the name leads nowhere.
        let request = HTTPRequest(method: "GET", url: "http://scim.example.invalid/v2/Users")
        #expect(try await fixture.transport.send(request).text == "no such behaviour")

        unsafe setenv("no_proxy", "example.invalid", 1)
        #expect(await fixture.error(of: request)?.kind == .unreachable)
      }
    }
  }

  @Test func `this machine is never spoken to through a proxy`() async throws {
    await #expect(processExitsWith: .success) {
      try await TransportFixture.with { fixture async throws in
        unsafe setenv("http_proxy", "http://127.0.0.1:1", 1)
        #expect(try Echo(await fixture.send("GET", "/echo")).method == "GET")
        var request = HTTPRequest(method: "GET", url: "http://localhost/any/echo")
        request.unixSocket = fixture.server.socketPath
        #expect(try Echo(await fixture.transport.send(request)).method == "GET")
      }
    }
  }
}
