import Engine
import Testing

/// One thing that every sink must do.
struct SinkClause: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let check: @Sendable (SinkFixture) async throws -> Void

  init(_ testDescription: String, _ check: @escaping @Sendable (SinkFixture) async throws -> Void) {
    self.testDescription = testDescription
    self.check = check
  }

  func check(on subject: any SinkSubject) async throws {
    do {
      let fixture = try await SinkFixture(subject)
      try await check(fixture)
      await fixture.sink.close()
    } catch {
      await subject.end()
      throw error
    }
    await subject.end()
  }

  static let all = objects + members + conduct
}
