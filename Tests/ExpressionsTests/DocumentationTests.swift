import Testing

@testable import Expressions

@Suite("docs/expressions.md")
struct DocumentationTests {
  @Test("names every function, and none that there is not")
  func complete() throws {
    let documented = Set(try DocumentedExample.all().flatMap(\.functions))
    let refused: Set<String> = ["AppRoleAssignmentsComplex", "SingleAppRoleAssignment"]
    #expect(documented == Set(FunctionCatalogue.all.map(\.name)).union(refused))
  }

  @Test("says what the functions do", arguments: try DocumentedExample.all())
  func example(_ example: DocumentedExample) throws {
    var reader = ExampleReader(example.attributes)
    let input = SampleInput(try reader.attributes())
    let outcome: Result<ExpressionOutcome, any Error> = Result {
      try Expression(parsing: example.expression).evaluate(in: input)
    }
    try check(outcome, example.result)
  }

  private func check(_ outcome: Result<ExpressionOutcome, any Error>, _ wanted: String) throws {
    var reader = ExampleReader(wanted)
    if reader.take("refused: ") {
      let error = #expect(throws: ExpressionError.self) { try outcome.get() }
      #expect(error?.description.contains(wanted.dropFirst("refused: ".count)) == true, "\(String(describing: error))")
    } else if reader.take("fails: ") {
      let failure = #expect(throws: ExpressionFailure.self) { try outcome.get() }
      #expect(
        failure?.description.contains(wanted.dropFirst("fails: ".count)) == true,
        "\(String(describing: failure))"
      )
    } else if reader.take("such as ") {
      guard case .value(.text(let text)) = try outcome.get().result else { throw NoText() }
      let sample = try reader.text()
      #expect(Self.shape(text) == Self.shape(sample))
    } else if reader.take("unchanged") {
      #expect(try outcome.get() == ExpressionOutcome(.unchanged))
    } else if reader.take("choices ") {
      let choices = try reader.list()
      #expect(try outcome.get() == ExpressionOutcome(.choices(choices)))
    } else {
      let isRedacted = reader.take("redacted ")
      let value = try reader.value()
      #expect(try outcome.get() == ExpressionOutcome(.value(value), isRedacted: isRedacted))
    }
  }

  private struct NoText: Error {}

  /// The kinds of a text's characters, without their order; of a GUID its groups.
  private static func shape(_ text: String) -> [String] {
    guard !text.contains("-") else { return text.split(separator: "-").map { String(repeating: "x", count: $0.count) } }
    return text.map { $0.isNumber ? "digit" : $0.isUppercase ? "capital" : $0.isLowercase ? "small" : "other" }.sorted()
  }
}
