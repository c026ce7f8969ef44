import Foundation
import Simulation
import Testing

/// The process dies before and after each commit and each request of a run; what comes after must mend it.
@Suite("A process that dies")
struct CrashPointTests {
  /// Every how manieth step is tried; 1 tries them all.
  private static let stride = ProcessInfo.processInfo.environment["ADPROV_CRASH_STRIDE"].flatMap { Int($0) } ?? 3

  @Test("at any step of a run leaves nothing lost, doubled or wrongly withdrawn", arguments: Scenario.all)
  func once(_ scenario: Scenario) async {
    var step = 1
    while let violations = await scenario.play(dyingAt: [step]) {
      #expect(violations.isEmpty, "dying at step \(step)")
      step += Self.stride
      if step > 2000 { Issue.record("the run has no end") }
      if step > 2000 { break }
    }
    #expect(step > 1, "the run is long enough to die in")
  }

  @Test("again while the next one recovers, too", arguments: Scenario.all.prefix(6))
  func twice(_ scenario: Scenario) async {
    var first = 1
    while await scenario.play(dyingAt: [first]) != nil {
      var second = 1
      while let violations = await scenario.play(dyingAt: [first, second]) {
        #expect(violations.isEmpty, "dying at step \(first) and then at step \(second)")
        second += 4 * Self.stride
      }
      first += 4 * Self.stride
    }
  }
}
