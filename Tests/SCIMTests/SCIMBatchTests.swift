import Engine
import HTTPTransport
import Model
import Testing

@Suite struct SCIMBatchTests {
  private static func deletes(_ count: Int) -> [Operation] {
    (0..<count).map { SCIMFixture.delete(remoteID: "\($0)") }
  }

  @Test func `after a request to pause the rest of the batch is not sent`() async throws {
    let fixture = try await SCIMFixture(.json(204), .json(429, "", HTTPHeader("Retry-After", "5")))
    let outcomes = await fixture.sink.apply(Self.deletes(4))
    let paused = OperationOutcome.notSent(pause: .seconds(5))
    #expect(outcomes == [.done(remoteID: nil), paused, paused, paused])
    #expect(fixture.log.count == 2)
  }

  @Test func `after a refusal of the token the rest of the batch is not sent`() async throws {
    let fixture = try await SCIMFixture(.json(204), .json(401))
    let outcomes = await fixture.sink.apply(Self.deletes(4))
    #expect(outcomes[0] == .done(remoteID: nil))
    #expect(outcomes[1...].allSatisfy { $0.isUnavailable })
    #expect(fixture.log.count == 2)
  }

  @Test func `pauses of our own making double up to a minute, and success starts anew`() async throws {
    let pauses = [1, 2, 4, 8, 16, 32, 60, 60]
    let transport = ScriptedTransport(
      [.json(200, "{}")] + pauses.map { _ in .json(503) } + [.json(204), .json(503)]
    )
    let fixture = try await SCIMFixture(transport)
    for seconds in pauses {
      #expect(try await fixture.apply(SCIMFixture.delete()) == .notSent(pause: .seconds(seconds)))
    }
    #expect(try await fixture.apply(SCIMFixture.delete()) == .done(remoteID: nil))
    #expect(try await fixture.apply(SCIMFixture.delete()) == .notSent(pause: .seconds(1)))
  }

  @Test func `pauses asked for at once count as one`() async throws {
    let fixture = try await SCIMFixture(.json(429), .json(429), .json(429), .json(429), maxInFlight: 4)
    #expect(await fixture.sink.apply(Self.deletes(4)) == Array(repeating: .notSent(pause: .seconds(1)), count: 4))
  }

  @Test(arguments: [1, 4, 100])
  func `no more requests than allowed are under way`(limit: Int) async throws {
    let transport = ScriptedTransport([.json(200, "{}")] + Array(repeating: .json(204), count: 40))
    let fixture = try await SCIMFixture(transport, maxInFlight: limit)
    #expect(await fixture.sink.apply(Self.deletes(40)).allSatisfy { $0 == .done(remoteID: nil) })
    #expect(transport.mostUnderWay <= limit)
    #expect(transport.requests.count == 41)
  }

  @Test func `one object's refusal stops no other`() async throws {
    let fixture = try await SCIMFixture(.error(400, "mutability"), .json(500), .failure(.interrupted), .json(204))
    #expect(await fixture.sink.apply(Self.deletes(4)).last == .done(remoteID: nil))
  }

  @Test func `cancelling leaves what was sent unknown and the rest unsent`() async throws {
    let fixture = try await SCIMFixture(.json(204), .silence, maxInFlight: 1)
    let sink = fixture.sink
    let task = Task { await sink.apply(Self.deletes(3)) }
    while fixture.log.count < 2 { await Task.yield() }
    task.cancel()
    #expect(await task.value == [.done(remoteID: nil), .unknown(reason: "cancelled"), .notSent(pause: nil)])
  }

  @Test func `cancelling a look-up leaves nothing in doubt`() async throws {
    let fixture = try await SCIMFixture(.silence)
    let sink = fixture.sink
    let task = Task { await sink.apply([SCIMFixture.create(SCIMFixture.user)]) }
    while fixture.log.isEmpty { await Task.yield() }
    task.cancel()
    #expect(await task.value == [.notSent(pause: nil)])
  }
}
