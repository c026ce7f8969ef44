import Patterns
import Testing

@Suite struct `A pattern` {
  @Test(arguments: [
    ("([1-9][0-9])", "10", true), ("([1-9][0-9])", "99", true), ("([1-9][0-9])", "100", false),
    (#".*\@domain.com"#, "jo@domain.com", true), (#".*\@domain.com"#, "jo@domain.com.evil", false),
    ("a|ab", "ab", true), ("ab$", "ab\n", false), ("", "", true), ("", "a", false), ("(?i)ab", "AB", true),
    // Of Unicode, as in .NET
    (#"\w+"#, "Zoë", true), (#"\d"#, "٣", true), (#"\u20AC"#, "€", true), (".", "\r", true), (".", "\n", false),
    ("(?<first>a)\\k<first>", "aa", true), ("[[:alpha:]-]+", "a-b", true),
  ])
  func `matches the whole text or not at all`(pattern: String, text: String, expected: Bool) throws {
    #expect(try Pattern(pattern).matchesWhole(text) == expected)
  }

  @Test func `ignores case when asked to`() throws {
    #expect(try Pattern("straße ÄB", ignoringCase: true).matchesWhole("STRAßE äb"))
    #expect(try !Pattern("ab").matchesWhole("AB"))
  }

  @Test func `tells groups by number and by name`() throws {
    let text = "tel: +49 (221) 47-11"
    let pattern = try Pattern(#"(?<country>\+\d+) \((?'area'\d+)\)( x)?"#)
    let match = try #require(try pattern.firstMatch(in: text))
    #expect(text[match.range] == "+49 (221)")
    #expect(match.group(1).map { text[$0] } == "+49")
    #expect(match.group(named: "area").map { text[$0] } == "221")
    #expect(match.group(3) == nil && match.group(4) == nil && match.group(-1) == nil)
    #expect(match.group(named: "none") == nil && !match.hasGroup(named: "none"))
    #expect(match.groupCount == 3 && pattern.groupNames == ["country", "area"])
  }

  @Test func `tells which of several groups of a name took part`() throws {
    let match = try #require(try Pattern("(?<n>a)|(?<n>b)").firstMatch(in: "b"))
    #expect(match.group(named: "n") == match.range)
  }

  @Test(arguments: [
    ("a*", "baac", ["", "aa", "", ""]), ("", "éa", ["", "", ""]), (#"\b"#, "ab c", ["", "", "", ""]),
    ("[a-zA-Z_]*", "né", ["n", "", ""]), ("(?=a)", "aa", ["", ""]), ("x*", "", [""]), ("a", "bb", []),
    // One character to a reader, several scalars to a pattern
    ("", "e\u{301}", ["", "", ""]), ("👩", "👩‍🚀👩", ["👩", "👩"]),
  ])
  func `finds every match, empty ones once`(pattern: String, text: String, expected: [String]) throws {
    let matches = try Pattern(pattern).matches(in: text)
    #expect(matches.map { String(text.unicodeScalars[$0.range]) } == expected)
  }

  @Test(arguments: [
    ("(", 1, "missing closing parenthesis"), ("ä[a", 3, "missing terminating ]"), ("a**", 2, ""),
    ("*", 0, "quantifier does not follow"), (#"\C"#, 2, ""), ("(?<a-b>x)", 4, ""), (#"\p{IsGreek}"#, 11, ""),
    ("(?<=a+)b", 0, "lookbehind"),
  ])
  func `that is none is refused with its place`(pattern: String, offset: Int, reason: String) {
    let error = #expect(throws: PatternError.self) { try Pattern(pattern) }
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    if !reason.isEmpty { #expect(error?.offset == offset, "\(String(describing: error))") }
  }

  @Test(arguments: ["[a-z-[aeiou]]", "x[^a-[b]]", #"[\]-[a]]"#, "[]-[a]]"])
  func `never takes a subtraction of classes for something else`(pattern: String) {
    let error = #expect(throws: PatternError.self) { try Pattern(pattern) }
    #expect(error?.reason.contains("subtract") == true)
    #expect(error?.offset == pattern.distance(from: pattern.startIndex, to: pattern.range(of: "-[")))
  }

  @Test(arguments: ["[a-z]-[0-9]", "[-[]", #"\[a-[b]"#, #"\Q[a-[b]\E"#, "[a-][b]", "[[:alpha:]]-[0]", "[0[:alpha:]-]"])
  func `takes for a subtraction only what is one`(pattern: String) throws {
    _ = try Pattern(pattern)
  }

  @Test func `has at most 10,000 characters`() throws {
    _ = try Pattern(String(repeating: "a", count: 10_000))
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "a", count: 10_001)) }
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "((a{1000}){1000})", count: 500)) }
  }

  @Test func `has at most 100 groups`() throws {
    _ = try Pattern(String(repeating: "(a)", count: 100))
    let error = #expect(throws: PatternError.self) { try Pattern(String(repeating: "(a)", count: 101)) }
    #expect(error?.reason == "more than 100 groups")
  }

  @Test func `is matched by many tasks at once`() async throws {
    let pattern = try Pattern(#"(?<name>\w+)@(\w+)"#)
    let names = await withTaskGroup(of: String?.self) { group in
      for number in 0..<200 {
        group.addTask {
          let text = "to: user\(number)@example"
          return (try? pattern.firstMatch(in: text))??.group(named: "name").map { String(text[$0]) }
        }
      }
      return await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(names == Set((0..<200).map { "user\($0)" }))
  }

  @Test func `is equal by text and options`() throws {
    #expect(try Pattern("a") == Pattern("a"))
    #expect(try Pattern("a") != Pattern("a", ignoringCase: true))
    #expect(try Set([Pattern("a"), Pattern("a"), Pattern("b")]).count == 2)
    // Canonically equivalent, yet other patterns
    #expect(try Pattern("[\u{E9}]") != Pattern("[e\u{301}]"))
  }
}

extension String {
  fileprivate func range(of part: String) -> String.Index { firstRange(of: part)?.lowerBound ?? endIndex }
}
