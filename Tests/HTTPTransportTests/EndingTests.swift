import HTTPTransport
import Testing

@Suite struct EndingTests {
  @Test func `cancelling ends a transfer that is under way`() async throws {
    try await TransportFixture.with { fixture async throws in
      let task = Task { try await fixture.send("POST", "/silent", body: "{}") }
      try await fixture.arrival(of: "/silent")
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func `a cancelled task sends nothing`() async throws {
    try await TransportFixture.with { fixture async throws in
      let task = Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return try await fixture.send("POST", "/echo", body: "{}")
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await fixture.count("/echo") == 0)
    }
  }

  @Test func `cancelling at any moment ends every task`() async throws {
    try await TransportFixture.with { fixture async throws in
      for _ in 0..<20 {
        let tasks = (0..<50).map { _ in Task { try await fixture.send("GET", "/silent") } }
        for task in tasks { task.cancel() }
        for task in tasks {
          await #expect(throws: CancellationError.self) { try await task.value }
        }
      }
      #expect(try Echo(await fixture.send("GET", "/echo")).method == "GET")
    }
  }

  @Test func `shutdown ends what is under way, and later requests are refused`() async throws {
    try await TransportFixture.with { fixture async throws in
      let request = HTTPRequest(method: "POST", url: fixture.url("/silent"), body: [65])
      var tasks = (0..<10).map { _ in Task { await fixture.error(of: request) } }
      try await fixture.arrival(of: "/silent")
      // More than there are connections to a host: some wait for one.
      tasks += (0..<30).map { _ in Task { await fixture.error(of: request) } }
      await fixture.transport.shutdown()
      for task in tasks { #expect(await task.value?.kind == .closed) }

      let late = await fixture.error(of: HTTPRequest(method: "GET", url: fixture.url("/echo")))
      #expect(late?.kind == .closed)
      #expect(late?.wasNotSent == true)
    }
  }

  @Test func `shutdown may be called again and at once from several tasks`() async throws {
    let transport = try CurlTransport()
    await withTaskGroup { group in
      for _ in 0..<10 { group.addTask { await transport.shutdown() } }
    }
    await transport.shutdown()
  }

  @Test func `a transport that nobody holds ends by itself`() async throws {
    for _ in 0..<50 { _ = try CurlTransport() }
  }
}
