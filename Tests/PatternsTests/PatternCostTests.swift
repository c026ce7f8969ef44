import Patterns
import Testing

@Suite struct `Cost of a pattern` {
  /// What a step costs depends on the machine; that it is bounded does not.
  private func time(_ body: () -> Void) -> Duration {
    ContinuousClock().measure(body)
  }

  @Test(arguments: [
    ("(a+)+$", String(repeating: "a", count: 40) + "b"),
    ("(a|aa)+$", String(repeating: "a", count: 60) + "b"),
    ("(.*)*x", String(repeating: "a", count: 4000)),
    ("(x+x+)+y", String(repeating: "x", count: 1000)),
    ("(?:a?){60}a{60}", String(repeating: "a", count: 60)),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", String(repeating: "a", count: 60)),
    ("(a*)*b\\1", String(repeating: "a", count: 16_000)),
    ("((?:a|b|ab)*c?)*d", String(repeating: "ab", count: 8_000)),
  ])
  func `is bounded`(pattern: String, text: String) throws {
    let pattern = try Pattern(pattern)
    var failure: PatternFailure?
    var whole: PatternFailure?
    let duration = time {
      do throws(PatternFailure) { _ = try pattern.matches(in: text) } catch { failure = error }
      do throws(PatternFailure) { _ = try pattern.matchesWhole(text) } catch { whole = error }
    }
    for failure in [failure, whole] { #expect(failure == nil || failure == .tooCostly) }
    #expect(duration < .seconds(2), "\(duration) \(String(describing: failure)) \(String(describing: whole))")
  }

  @Test func `of the known bad pattern is a failure and not a wait`() throws {
    let text = String(repeating: "a", count: 40) + "b"
    let pattern = try Pattern("(a+)+$")
    let duration = time {
      #expect(throws: PatternFailure.tooCostly) { try pattern.firstMatch(in: text) }
      #expect(throws: PatternFailure.tooCostly) { try pattern.matchesWhole(text) }
      #expect(throws: PatternFailure.tooCostly) { try pattern.replacing(in: text, template: "") }
    }
    #expect(duration < .milliseconds(500), "\(duration)")
  }

  @Test func `of a pattern that is asked of a long text at each place is bounded`() throws {
    let text = String(repeating: "a", count: 16_384)
    let pattern = try Pattern(#"(?=(\w+))b?"#)
    let duration = time { _ = try? pattern.matches(in: text) }
    #expect(duration < .seconds(5), "\(duration)")
  }

  @Test(arguments: [
    (#"^[\w.+-]+@(?:[\w-]+\.)+example\.com$"#, String(repeating: "jo.", count: 20) + "@a.b.example.com"),
    (".*x.*", String(repeating: "a", count: 2000) + "x"),
    (#"(\d{3}-)?\d+( ext\. \d+)?"#, "221-4711 ext. 12"),
    ("(?:a|b)*", String(repeating: "ab", count: 250)),
  ])
  func `of a sensible pattern is never too high`(pattern: String, text: String) throws {
    #expect(try Pattern(pattern).matchesWhole(text))
    #expect(try Pattern(pattern).firstMatch(in: text) != nil)
  }

  @Test func `is not spent on a text of any length`() throws {
    #expect(throws: PatternFailure.tooCostly) { try Pattern("a").firstMatch(in: String(repeating: "b", count: 16_385)) }
  }
}
