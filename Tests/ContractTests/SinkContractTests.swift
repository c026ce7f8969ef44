import TestSupport
import Testing

@Suite struct FileSinkContractTests {
  @Test(arguments: SinkClause.all)
  func `the file sink keeps the contract`(clause: SinkClause) async throws {
    try await clause.check(on: FileSinkSubject())
  }
}

@Suite(.enabled(if: SCIMServer.isWanted, Comment(rawValue: SCIMServer.absence)))
struct SCIMSinkContractTests {
  @Test(arguments: SinkClause.all)
  func `the SCIM sink keeps the contract with a real server`(clause: SinkClause) async throws {
    try await clause.check(on: SCIMSinkSubject())
  }
}
