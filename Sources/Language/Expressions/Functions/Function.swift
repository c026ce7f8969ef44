/// A function of the language.
struct Function: Sendable {
  /// What its results are known to be before anything is evaluated.
  enum Result: Sendable {
    case any
    case text
    case number
    case boolean
    case date
    case reference
  }

  typealias Body = @Sendable (Call) throws(Interruption) -> ExpressionValue

  let name: String
  /// Ways in which the documentation spells it besides.
  let otherSpellings: [String]
  let signatures: [Signature]
  let result: Result
  /// Whether it gives something else each time.
  let isImpure: Bool
  /// What is wrong with arguments that are each right by themselves.
  let flaw: @Sendable ([Node]) -> String?
  let body: Body

  init(
    _ name: String,
    spelt otherSpellings: [String] = [],
    signatures: [Signature],
    gives result: Result,
    isImpure: Bool = false,
    unless flaw: @escaping @Sendable ([Node]) -> String? = { _ in nil },
    body: @escaping Body
  ) {
    self.name = name
    self.otherSpellings = otherSpellings
    self.signatures = signatures
    self.result = result
    self.isImpure = isImpure
    self.flaw = flaw
    self.body = body
  }

  init(
    _ name: String,
    spelt otherSpellings: [String] = [],
    _ parameters: [Parameter],
    repeating: [Parameter] = [],
    atLeast minimumRepeats: Int = 1,
    gives result: Result,
    isImpure: Bool = false,
    unless flaw: @escaping @Sendable ([Node]) -> String? = { _ in nil },
    body: @escaping Body
  ) {
    self.init(
      name,
      spelt: otherSpellings,
      signatures: [Signature(parameters, repeating: repeating, atLeast: minimumRepeats)],
      gives: result,
      isImpure: isImpure,
      unless: flaw,
      body: body
    )
  }
}
