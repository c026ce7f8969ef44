import Testing

@testable import Expressions

@Suite("Evaluating an expression")
struct EvaluationTests {
  private func failure(_ text: String, _ values: [String: ExpressionValue] = [:]) throws -> ExpressionFailure? {
    let expression = try Expression(parsing: text)
    return #expect(throws: ExpressionFailure.self) { try expression.evaluate(in: SampleInput(values)) }
  }

  private static let large = ExpressionValue.text(String(repeating: "a", count: 20_000))

  @Test("keeps a value that grows within its bound")
  func growth() throws {
    let failure = try failure("Replace([a], \"a\", , , [a], , )", ["a": Self.large])
    #expect(failure?.reason == "the value becomes larger than 1048576 bytes")
    let matched = try self.failure(
      "Replace([b], , \"(?=(.*))\", , \"$1$1$1$1\", , )",
      ["b": .text(String(repeating: "a", count: 9000))]
    )
    #expect(matched?.function == "Replace")
  }

  @Test("stops a search that takes too long")
  func work() throws {
    let wanted = ExpressionValue.text(String(repeating: "a", count: 9_999) + "b")
    let failure = try failure("InStr([a], [b])", ["a": Self.large, "b": wanted])
    #expect(failure?.reason.contains("takes more than 4194304 steps") == true)
    let separators = ExpressionValue(texts: (0..<30_000).map { "\($0)" })
    let join = try self.failure("Join([s], [m])", ["s": Self.large, "m": separators])
    #expect(join?.function == "Join")
  }

  @Test(
    "survives the largest and smallest numbers",
    arguments: [
      "Left(\"abc\", [n])", "Mid(\"abc\", [n], [n])", "Mid(\"abc\", 2, [n])", "Word(\"a b\", [n], \" \")",
      "Item([m], [n])",
      "InStr(\"abc\", \"b\", [n])", "BitAnd([n], [n])", "DateAdd(\"yyyy\", [n], Now())", "DateAdd(\"m\", [n], Now())",
      "DateAdd(\"ww\", [n], Now())", "DateAdd(\"s\", [n], Now())", "DateFromNum([n])", "NumFromDate(DateFromNum([n]))",
      "RandomString([n], [n], [n], [n], [n])", "DNComponent(\"cn=a\", [n])", "[n] = [n]", "CBool([n])",
      "Join([n], [n], [n])",
    ],
    [.min, .min + 1, -1, 0, 1, .max - 1, .max, 2_650_467_743_999_999_999, 2_650_467_744_000_000_000] as [Int64]
  )
  func extremes(text: String, number: Int64) throws {
    let expression = try Expression(parsing: text)
    for value in [ExpressionValue.number(number), .text(String(number))] {
      let outcome = Result { try expression.evaluate(in: SampleInput(["n": value, "m": .init(texts: ["a", "b"])])) }
      if case .failure(let error) = outcome { #expect(error is ExpressionFailure) }
    }
  }

  @Test("shows no value of an expression that hides them")
  func hidden() throws {
    let secret: [String: ExpressionValue] = ["a": .text("secret")]
    for text in ["Left(\"x\", Redact([a]))", "Error(\"no \" & Redact([a]))", "IIF(Redact([b]) = \"\", Error([a]), 1)"] {
      let failure = try #require(try failure(text, secret))
      #expect(!failure.description.contains("secret"), "\(failure)")
      #expect(failure.description.contains("[Redact]"))
    }
  }

  @Test("shortens what it shows, on one line")
  func quoted() throws {
    let value = "\n\u{202E}" + String(repeating: "x", count: 100_000)
    let failure = try failure("Left(\"x\", [a])", ["a": .text(value)])
    #expect(failure?.value == "\"\\u{a}\\u{202e}" + String(repeating: "x", count: 58) + "…\"")
    #expect(failure?.function == "Left")
    #expect(failure?.position == 1)
  }

  @Test("does not evaluate what is not chosen")
  func lazy() throws {
    #expect(try evaluate("IIF(1 = 1, \"a\", Error(\"b\"))") == .value(.text("a")))
    #expect(try evaluate("Switch(\"k\", Error(\"d\"), \"k\", \"a\", Error(\"k\"), \"b\")") == .value(.text("a")))
    #expect(try evaluate("Coalesce(\"\", Error(\"b\"))") == .value(.text("")))
  }

  @Test("makes other random texts each time, by its input alone")
  func random() throws {
    for text in ["Guid()", "RandomString(32, 1, 1, 1, 1)"] {
      let expression = try Expression(parsing: text)
      let input = SampleInput(seed: 1)
      let first = try expression.evaluate(in: input)
      let second = try expression.evaluate(in: input)
      #expect(first != second)
      #expect(try expression.evaluate(in: SampleInput(seed: 1)) == first)
    }
  }

  @Test("makes GUIDs of version 4")
  func guids() throws {
    let expression = try Expression(parsing: "Guid()")
    for seed in 0..<50 as Range<UInt64> {
      guard case .value(.text(let text)) = try expression.evaluate(in: SampleInput(seed: seed)).result else {
        Issue.record("no text")
        continue
      }
      let pattern = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
      #expect(text.wholeMatch(of: pattern) != nil, "\(text)")
    }
  }

  @Test("keeps what random text must have, and not what it must not")
  func randomText() throws {
    let expression = try Expression(parsing: "RandomString(20, 3, 0, 4, 5, \"0O1lI\")")
    for seed in 0..<200 as Range<UInt64> {
      guard case .value(.text(let text)) = try expression.evaluate(in: SampleInput(seed: seed)).result else {
        Issue.record("no text")
        continue
      }
      #expect(text.count == 20)
      #expect(text.count { $0.isNumber } >= 3)
      #expect(text.count { $0.isUppercase } >= 4)
      #expect(text.count { $0.isLowercase } >= 5)
      #expect(text.allSatisfy { $0.isLetter || $0.isNumber })
      #expect(!text.contains { "0O1lI".contains($0) })
    }
  }

  @Test("takes several values of one, or none, for what they are")
  func elements() {
    #expect(ExpressionValue(texts: []) == .null)
    #expect(ExpressionValue(texts: ["a"]) == .text("a"))
    #expect(ExpressionValue([.many([.text("a")]), .null, .text("b")]) == .many([.text("a"), .text("b")]))
  }

  @Test("changes the case of ASCII letter by letter, of i as the culture says")
  func cases() {
    let ascii = String(decoding: UInt8(0)..<0x80, as: UTF8.self)
    #expect(CaseMapping.invariant.upper(ascii) == ascii.uppercased())
    #expect(CaseMapping.invariant.lower(ascii) == ascii.lowercased())
    #expect(CaseMapping.dottedI.lower("IiİıAŞ") == "ıiiıaş")
    #expect(CaseMapping.dottedI.upper("IiİıaßǆΩ") == "IİİIAßǄΩ")
    #expect(["", "tr", "AZ-Latn-AZ", "en-US", "zh-Hans-CN", "haw"].allSatisfy { CaseMapping(culture: $0) != nil })
    #expect(["t", "tr_TR", "turkish", "en-", "-", "e1-US!"].allSatisfy { CaseMapping(culture: $0) == nil })
  }

  @Test("removes every mark of the table")
  func diacritics() {
    #expect(Diacritics.removed(from: "äǟā̈ ÄǞĀ̈ ḗ ē̂ ï ñ ǭ ř ș ț u̇̄ ȳ́ ẕ Œ œ̄") == "aaa AAA e e i n o r s t u y z OE oe")
    // Decomposed.
    #expect(Diacritics.removed(from: "e\u{301}o\u{308}") == "eo")
    #expect(Diacritics.removed(from: "x\u{301}日本") == "x\u{301}日本")
  }
}
