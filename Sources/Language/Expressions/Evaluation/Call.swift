/// A function, or an operator, with its arguments. An argument is evaluated when it is asked for, and not before.
struct Call {
  let name: String
  let arguments: [Node]
  private let position: Int
  private let evaluation: Evaluation

  init(_ name: String, _ arguments: [Node], at position: Int, in evaluation: Evaluation) {
    self.name = name
    self.arguments = arguments
    self.position = position
    self.evaluation = evaluation
  }

  var input: any ExpressionInput { evaluation.input }

  /// Takes steps from what the evaluation may spend.
  func spend(_ steps: Int) throws(Interruption) {
    guard evaluation.spend(steps) else {
      throw failure("the evaluation takes more than \(Evaluation.greatestWork) steps: its values are too large")
    }
  }

  func failure(_ reason: String, _ value: ExpressionValue? = nil) -> Interruption {
    let shown = value.map { evaluation.hidesValues ? "[Redact]" : Quotation.text($0) }
    return .failure(ExpressionFailure(function: name, position: position, reason: reason, value: shown))
  }

  /// A reason that shows values itself.
  func failure(saying reason: String) -> Interruption {
    failure(evaluation.hidesValues ? "[Redact]" : reason)
  }
}

extension Call {
  /// Null for an argument that is left out.
  func value(_ index: Int) throws(Interruption) -> ExpressionValue {
    guard arguments.indices.contains(index) else { return .null }
    return try evaluation.value(of: arguments[index])
  }

  /// The function that an argument is; nil if it is none.
  func call(_ index: Int) -> Call? {
    guard arguments.indices.contains(index), case .call(let function, let arguments) = arguments[index].kind else {
      return nil
    }
    return Call(function.name, arguments, at: self.arguments[index].position, in: evaluation)
  }

  func isGiven(_ index: Int) -> Bool {
    arguments.indices.contains(index) && !arguments[index].isMissing
  }

  /// Anything but several values.
  func single(_ index: Int) throws(Interruption) -> ExpressionValue {
    let value = try value(index)
    guard case .many(let values) = value else { return value }
    throw failure(
      "argument \(index + 1) has \(values.count) values where one is needed: choose one with Item, or put them together "
        + "with Join",
      value
    )
  }

  /// Nil for null.
  func text(_ index: Int) throws(Interruption) -> String? {
    let value = try single(index)
    return if case .null = value { nil } else { try text(of: value, index) }
  }

  /// Nil for null.
  func date(_ index: Int) throws(Interruption) -> ExpressionDate? {
    let value = try single(index)
    if case .null = value { return nil }
    return try fit(value.asDate, .date, value, index)
  }

  /// Nil for null.
  func number(_ index: Int, in range: ClosedRange<Int64> = .min ... .max) throws(Interruption) -> Int64? {
    let value = try single(index)
    if case .null = value { return nil }
    return try fit(value.asNumber.flatMap { range.contains($0) ? $0 : nil }, .number(range), value, index)
  }

  func requiredNumber(_ index: Int, in range: ClosedRange<Int64> = .min ... .max) throws(Interruption) -> Int64 {
    try fit(try number(index, in: range), .number(range), .null, index)
  }

  /// False for null.
  func condition(_ index: Int) throws(Interruption) -> Bool {
    let value = try single(index)
    return try fit(value.asCondition, .condition, value, index)
  }

  /// What a value is turned into, or the failure that it is not of the kind.
  func fit<Result>(
    _ result: Result?,
    _ kind: Parameter.Kind,
    _ value: ExpressionValue,
    _ index: Int
  ) throws(Interruption) -> Result {
    if let result { return result }
    throw failure("argument \(index + 1) must be \(kind.expectation)", value)
  }
}

extension Call {
  /// The argument with each of its values put through a function; null stays null.
  func each(
    _ index: Int,
    _ body: (ExpressionValue) throws(Interruption) -> ExpressionValue
  ) throws(Interruption) -> ExpressionValue {
    let value = try value(index)
    guard case .many(let values) = value else {
      return if case .null = value { .null } else { try body(value) }
    }
    var results: [ExpressionValue] = []
    for value in values { results.append(try body(value)) }
    return ExpressionValue(results)
  }

  /// As `each`, with texts.
  func eachText(
    _ index: Int,
    _ body: (String) throws(Interruption) -> String
  ) throws(Interruption) -> ExpressionValue {
    try each(index) { (value) throws(Interruption) in .text(try body(try text(of: value, index))) }
  }

  /// The text that a single value is.
  func text(of value: ExpressionValue, _ index: Int) throws(Interruption) -> String {
    let text = try fit(value.asText, .text, value, index)
    try spend(text.utf8.count)
    return text
  }
}
