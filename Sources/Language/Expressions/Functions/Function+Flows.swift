/// Functions that decide about the flow of the attribute as a whole.
extension Function {
  static let flows = [error, ignoreFlow, redact, selectUniqueValue]

  static let uniqueChoice = "SelectUniqueValue"

  private static let error = Function("Error", [.text("message")], gives: .any) { call throws(Interruption) in
    let message = try call.text(0) ?? ""
    let isWritten = if case .literal = call.arguments[0].kind { true } else { false }
    let shown = message.isEmpty ? "the mapping refuses this object" : Quotation.text(message)
    throw isWritten ? call.failure(shown) : call.failure(saying: shown)
  }

  private static let ignoreFlow = Function("IgnoreFlowIfNullOrEmpty", [.value("expression")], gives: .any) {
    call throws(Interruption) in
    let value = try call.value(0)
    if value.isNullOrEmpty { throw .unchanged }
    return value
  }

  /// That it occurs is enough; see `Expression.isRedacted`.
  static let redact = Function("Redact", [.value("value")], gives: .any) { call throws(Interruption) in
    try call.value(0)
  }

  private static let selectUniqueValue = Function(
    uniqueChoice,
    [],
    repeating: [.text("rule")],
    atLeast: 2,
    gives: .any
  ) { call throws(Interruption) in
    var choices: [String] = []
    for index in call.arguments.indices {
      guard let choice = try call.text(index), !choice.isEmpty, !choices.contains(choice) else { continue }
      choices.append(choice)
    }
    guard !choices.isEmpty else { throw call.failure("none of the rules gives a value") }
    return ExpressionValue(texts: choices)
  }
}
