import Simulation
import Testing

@Suite("Killed at every step")
struct CrashPointTests {
  @Test("a run that is killed is made good by the next", arguments: CrashEvent.allCases)
  func everyStep(_ event: CrashEvent) async throws {
    for seed in [2, 3, 4] as [UInt64] {
      let report = try await CrashPoints(event, seed: seed, stride: 3).run()
      #expect(report.failures.isEmpty)
      #expect(report.points > 2)
    }
  }

  @Test("so is one whose recovery is killed, too", arguments: [.firstRun, .deleteUser, .addMember] as [CrashEvent])
  func recovery(_ event: CrashEvent) async throws {
    let report = try await CrashPoints(event, seed: 4, stride: 5, isDeep: true).run()
    #expect(report.failures.isEmpty)
  }
}
