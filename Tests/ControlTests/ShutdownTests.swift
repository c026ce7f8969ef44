import ControlAPI
import ControlServer
import HTTPTransport
import Testing

@Suite("ControlServer: while somebody waits for a run", .timeLimit(.minutes(1)))
struct ShutdownTests {
  @Test func `a shutdown ends the wait with 503`() async throws {
    let (began, signal) = AsyncStream<Void>.makeStream()
    let backend = StubBackend(untilRunEnds: {
      signal.finish()
      try await Task.sleep(for: .seconds(3600))
    })
    try await RunningServer.with(backend) { server in
      let transport = server.transport
      async let answer = transport.send(.post("/v1/configurations/cloud-users/restart?wait=true"))
      for await _ in began {}
      await server.shutDown()
      let response = try await answer
      #expect(response.status == 503)
      #expect(try response.problem.title == "The daemon is stopping")
    }
  }

  @Test func `a caller that leaves ends the wait`() async throws {
    let (began, beginning) = AsyncStream<Void>.makeStream()
    let (ended, end) = AsyncStream<Void>.makeStream()
    let backend = StubBackend(untilRunEnds: {
      defer { end.finish() }
      beginning.finish()
      try await Task.sleep(for: .seconds(3600))
    })
    try await RunningServer.with(backend) { server in
      let caller = try LeavingCaller(server.socketPath)
      try caller.send("POST /v1/configurations/cloud-users/restart?wait=true HTTP/1.1\r\nHost: x\r\n\r\n")
      for await _ in began {}
      caller.leave()
      for await _ in ended {}
    }
  }
}
