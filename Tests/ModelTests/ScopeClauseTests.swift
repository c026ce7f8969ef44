import Model
import Patterns
import Testing

@Suite struct `A clause of a filter` {
  private static func image(_ values: [String], of attribute: AttributeName = "a") -> Image {
    Image([attribute: values.map { Array($0.utf8) }])
  }

  private static func isSatisfied(
    _ operator: ClauseOperator,
    _ value: String?,
    by values: [String],
    of attribute: AttributeName = "a"
  ) throws -> Bool {
    try ScopeClause(attribute, `operator`, value).isSatisfied(by: image(values, of: attribute))
  }

  @Test(arguments: ClauseOperator.allCases)
  func `is satisfied without a value by IS NULL only`(operator: ClauseOperator) throws {
    let value = `operator`.takesValue ? "1" : nil
    for values in [[], [""]] {
      #expect(try Self.isSatisfied(`operator`, value, by: values) == (`operator` == .isNull))
    }
  }

  @Test(arguments: [
    (ClauseOperator.equals, ["b", "a"], true), (.equals, ["b"], false), (.equals, ["A"], false),
    (.notEquals, ["b", "a"], false), (.notEquals, ["b", "c"], true), (.includes, ["b", "xay"], true),
    (.endsWith, ["b", "ya"], true), (.endsWith, ["ay"], false), (.isInside, ["b", "a"], true),
    (.isNotInside, ["b", "a"], false), (.isNotInside, ["b"], true), (.regexMatch, ["b", "a"], true),
    (.regexMatch, ["ab"], false), (.notRegexMatch, ["b", "a"], false), (.notRegexMatch, ["ab"], true),
  ])
  func `is for any of several values, or with a negative operator for none`(
    operator: ClauseOperator,
    values: [String],
    expected: Bool
  ) throws {
    #expect(try Self.isSatisfied(`operator`, "a", by: values) == expected)
  }

  @Test(arguments: [
    ("-2147483646", "-2147483645", true), ("9", "10", true), ("10", "10", false), ("10", "9", false),
    ("0", "9223372036854775807", true), ("0", "9223372036854775808", false), ("0", "1.5", false), ("0", "x", false),
  ])
  func `compares numbers of 64 bits with their sign`(bound: String, value: String, isGreater: Bool) throws {
    #expect(try Self.isSatisfied(.greaterThan, bound, by: [value]) == isGreater)
    #expect(try Self.isSatisfied(.greaterThanOrEquals, bound, by: [value]) == (isGreater || bound == value))
  }

  @Test(arguments: [
    // greater, greater or equal, equal
    ("2026-01-31", "20260130235959.0Z", false, false, false), ("2026-01-31", "20260131000000.0Z", false, true, true),
    ("2026-01-31", "20260131235959.0Z", false, true, true), ("2026-01-31", "20260201000000.0Z", true, true, false),
    ("2026-01-31T12:00:00Z", "20260131120000.0Z", false, true, true),
    ("2026-01-31T12:00:00Z", "20260131120001.0Z", true, true, false),
    ("2026-01-31T13:00:00+01:00", "20260131120000.0Z", false, true, true),
    ("2026-01-31T12:00", "20260131120059.0Z", false, true, true), ("2026-01-31", "never", false, false, false),
  ])
  func `compares times as exactly as they are given`(
    given: String,
    value: String,
    isGreater: Bool,
    isNotLess: Bool,
    isEqual: Bool
  ) throws {
    #expect(try Self.isSatisfied(.greaterThan, given, by: [value]) == isGreater)
    #expect(try Self.isSatisfied(.greaterThanOrEquals, given, by: [value]) == isNotLess)
    #expect(try Self.isSatisfied(.equals, given, by: [value]) == isEqual)
    #expect(try Self.isSatisfied(.notEquals, given, by: [value]) == !isEqual)
  }

  @Test(arguments: [("accountExpires", true), ("PwdLastSet", true), ("employeeNumber", false)])
  func `reads the times of accounts as such`(attribute: String, isTime: Bool) throws {
    // 2026-01-31 12:00 UTC
    let value = ["134143344000000000"]
    let name = AttributeName(attribute)
    #expect(try Self.isSatisfied(.greaterThan, "2026-01-30", by: value, of: name) == isTime)
    #expect(try Self.isSatisfied(.equals, "2026-01-31T12:00:00Z", by: value, of: name) == isTime)
    #expect(try Self.isSatisfied(.greaterThan, "134143343999999999", by: value, of: name))
  }

  @Test(arguments: ["0", "9223372036854775807"])
  func `takes a time that never comes for no value of a time`(value: String) throws {
    for comparison in [ClauseOperator.greaterThan, .greaterThanOrEquals, .equals, .notEquals] {
      #expect(try !Self.isSatisfied(comparison, "2026-01-31", by: [value], of: "accountExpires"))
    }
    #expect(try Self.isSatisfied(.equals, value, by: [value], of: "accountExpires"))
    #expect(try Self.isSatisfied(.isNotNull, nil, by: [value], of: "accountExpires"))
  }

  @Test func `compares text that looks like a time as text, too`() throws {
    #expect(try Self.isSatisfied(.equals, "2026-01-31", by: ["2026-01-31"]))
    #expect(try Self.isSatisfied(.notEquals, "2026-01-31", by: ["0"]))
  }

  @Test func `tells a value for which its pattern costs too much`() throws {
    let clause = try ScopeClause("a", .notRegexMatch, "(a+)+$")
    let long = String(repeating: "a", count: 40) + "b"
    #expect(throws: PatternFailure.tooCostly) { try clause.isSatisfied(by: Self.image([long])) }
    // A value that decides outweighs it, whichever is looked at first.
    #expect(try !clause.isSatisfied(by: Self.image(["0", "aa", long, "aaa"])))
    #expect(try !clause.isSatisfied(by: Self.image([long + "b", String(repeating: "a", count: 50)])))
    #expect(try ScopeClause("a", .regexMatch, "(a+)+$|b").isSatisfied(by: Self.image([long, "b"])))
  }

  @Test(
    arguments: [
      (ClauseOperator.equals, nil, ScopeClauseError.needsValue), (.includes, "", .needsValue),
      (.isNull, "x", .takesNoValue), (.isTrue, "", .takesNoValue), (.greaterThan, "ten", .neitherNumberNorTime),
      (.greaterThanOrEquals, "2026-02-30", .neitherNumberNorTime), (.greaterThan, "1.5", .neitherNumberNorTime),
      (.greaterThan, "9223372036854775808", .neitherNumberNorTime),
    ] as [(ClauseOperator, String?, ScopeClauseError)]
  )
  func `is refused with a value that does not go with it`(
    operator: ClauseOperator,
    value: String?,
    error: ScopeClauseError
  ) {
    #expect(throws: error) { try ScopeClause("a", `operator`, value) }
  }

  @Test(
    arguments: [
      ("EQUALS", ClauseOperator.equals), ("equals", .equals), ("NOT_EQUALS", .notEquals), ("INCLUDES", .includes),
      ("GREATER_THAN", .greaterThan), ("greater-than-or-equals", .greaterThanOrEquals), ("Is Not Null", .isNotNull),
      ("IS_TRUE", .isTrue), ("!&", .isNotInside), ("PRESENT", nil), ("IS_MEMBER_OF", nil), ("!&L", nil), ("", nil),
    ] as [(String, ClauseOperator?)]
  )
  func `has operators under every spelling of their names`(spelling: String, expected: ClauseOperator?) {
    #expect(ClauseOperator(spelling: spelling) == expected)
  }
}
